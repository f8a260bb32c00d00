package io.github.ram.training.loop;

/**
 * What one step came to.
 *
 * @param number of the step in the whole run, from 1
 * @param terms of the loss before it
 * @param norms of its gradient
 * @param learningRate it was taken with
 */
public record StepReport(long number, LossTerms terms, GradientNorms norms, double learningRate) {}
