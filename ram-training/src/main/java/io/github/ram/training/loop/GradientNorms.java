package io.github.ram.training.loop;

/**
 * The lengths of a step's gradient, before it is shortened, seen as two vectors.
 *
 * @param policy of the location network's weights
 * @param others of all other weights
 */
public record GradientNorms(double policy, double others) {}
