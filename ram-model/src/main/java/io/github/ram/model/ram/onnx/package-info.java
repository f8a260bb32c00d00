/** Exports models to ONNX for other programs. */
package io.github.ram.model.ram.onnx;
