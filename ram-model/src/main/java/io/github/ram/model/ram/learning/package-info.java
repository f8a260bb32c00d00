/**
 * Learning from rollouts, fast: {@link io.github.ram.model.ram.learning.LearningEngine} is the one seam between a model and
 * whoever trains it. {@link io.github.ram.model.ram.LearningGraph} defines the losses; the engine for the processor has
 * their gradients written out, a class for each network with the equations of its forward and its backward pass.
 *
 * <p>There and in the code, x̄ (in the code {@code dx}) is the gradient of the loss by x. Products that a gradient is
 * made of are BLAS's, of all T·n rows at once where there is no recurrence; what is done element by element is done
 * by plain loops, row after row, while the row is in the processor's nearest cache.
 */
package io.github.ram.model.ram.learning;
