/** Models as ONNX files, which other programs run. */
package io.github.ram.model.ram.onnx;
