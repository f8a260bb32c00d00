package io.github.ram.model.ram.gradient;

import io.github.ram.model.Check;
import io.github.ram.model.ram.LearningGraph;

/**
 * Weights of the terms of {@link LearningGraph}'s loss.
 *
 * @param stepWeight weight of the cross-entropy after each glimpse but the last, whose weight is 1; in [0, 1e6]
 * @param policyWeight λ, the weight of REINFORCE in the whole loss, in [0, 1e6]
 * @param learnedStart whether the first location is drawn from the policy, with the zero state
 */
public record LossWeights(double stepWeight, double policyWeight, boolean learnedStart) {

    public LossWeights {
        Check.inRange("stepWeight", 0, 1e6, stepWeight);
        Check.inRange("policyWeight", 0, 1e6, policyWeight);
    }
}
