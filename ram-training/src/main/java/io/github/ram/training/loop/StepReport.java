package io.github.ram.training.loop;

import io.github.ram.model.LossTerms;
import java.util.Map;

/**
 * The result of one step.
 *
 * @param number of the step in the whole run, from 1
 * @param terms of the loss before the step
 * @param norms of its gradient, by the name of the parameter group
 * @param learningRate of the step
 */
public record StepReport(long number, LossTerms terms, Map<String, Double> norms, double learningRate) {}
