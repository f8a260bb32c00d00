package io.github.ram.model.ram;

import io.github.ram.model.Check;

/**
 * Weights of the terms of {@link LearningGraph}'s loss.
 *
 * @param stepWeight weight of the cross-entropy after each glimpse but the last, whose weight is 1; in [0, 1e6]
 * @param policyWeight λ, the weight of REINFORCE in the whole loss, in [0, 1e6]
 * @param learnedStart whether the first location is drawn from the policy, with the zero state
 */
public record LossWeights(double stepWeight, double policyWeight, boolean learnedStart) {

    /**
     * λ of the published implementations. Its value hardly matters, because Adam rescales gradients and only
     * REINFORCE trains the location network.
     */
    private static final double POLICY_WEIGHT = 0.01;

    public LossWeights {
        Check.inRange("stepWeight", 0, 1e6, stepWeight);
        Check.inRange("policyWeight", 0, 1e6, policyWeight);
    }

    /** Returns the weights for a model. With random locations the weight of REINFORCE is 0. */
    public static LossWeights of(RamSpec model, RamObjective objective) {
        return new LossWeights(
                objective.stepWeight(),
                model.locations() == LocationSource.POLICY ? POLICY_WEIGHT : 0,
                model.start().kind() == StartLocation.Kind.LEARNED);
    }
}
