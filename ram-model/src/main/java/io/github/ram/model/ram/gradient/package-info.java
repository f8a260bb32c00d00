/**
 * The losses of rollouts and their gradients in Java and OpenBLAS: one class per network gives the equations of its
 * forward and backward pass. {@link io.github.ram.model.ram.gradient.RolloutPass} joins them.
 *
 * <p>In the equations x̄ is the gradient of the loss by x; the code calls it {@code dx}. BLAS computes the matrix
 * products, for all T·n rows at once where the layer has no recurrence. Simple loops compute elementwise operations
 * row by row, while the row is in the processor's first-level cache.
 */
package io.github.ram.model.ram.gradient;
