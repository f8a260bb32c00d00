/** What every family needs to write ONNX files, which other programs and ONNX Runtime run. */
package io.github.ram.model.onnx;
