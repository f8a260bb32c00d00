package io.github.ram.training;

/**
 * The lengths of a step's gradient, before it is shortened, seen as two vectors.
 *
 * @param policy of the location network's weights
 * @param others of all other weights
 */
record GradientNorms(double policy, double others) {}
