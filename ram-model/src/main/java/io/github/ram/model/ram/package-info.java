/**
 * The Recurrent Attention Model as a family of models. {@link io.github.ram.model.ram.RamSpec} is its specification; {@link
 * io.github.ram.model.ram.RolloutGraph} is the model in the order of the paper's equations, and {@link
 * io.github.ram.model.ram.LearningGraph} holds its losses. The packages below hold the sensor, the fast engines, the
 * gradients written by hand and the export to ONNX.
 */
package io.github.ram.model.ram;
