/**
 * The step of the weights: {@link io.github.ram.training.loop.optimizer.Optimizer}, its learning rate over the epochs,
 * and the moving average of the weights.
 */
package io.github.ram.training.loop.optimizer;
