/**
 * Learning from rollouts. {@link io.github.ram.model.ram.learning.LearningEngine} is the only interface for gradients.
 * {@link io.github.ram.model.ram.LearningGraph} defines the losses.
 */
package io.github.ram.model.ram.learning;
