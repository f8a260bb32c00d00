/**
 * The operations of a residual network in ONNX, and the ONNX file of a model.
 */
package io.github.ram.model.resnet.onnx;
