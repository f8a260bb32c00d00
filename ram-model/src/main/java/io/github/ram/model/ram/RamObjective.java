package io.github.ram.model.ram;

import io.github.ram.model.Check;
import io.github.ram.model.Objective;

/**
 * The training objective of a Recurrent Attention Model: see {@link LearningGraph}.
 *
 * @param rollouts M, rollouts per image and training step, in [1, 1000]
 * @param stepWeight weight of the cross-entropy after each glimpse but the last, whose weight is 1; in [0, 1e6]. The
 *     paper uses 0. A larger weight also trains the classification after early glimpses
 * @param policyRate learning rate of the location network, as a factor of the other networks' rate, in (0, 100]
 */
public record RamObjective(int rollouts, double stepWeight, double policyRate) implements Objective {

    public RamObjective {
        Check.inRange("rollouts", 1, 1000, rollouts);
        Check.inRange("step-weight", 0, 1e6, stepWeight);
        Check.inRange("policy-rate", Double.MIN_VALUE, 100, policyRate);
    }

    @Override
    public String family() {
        return RamSpec.FAMILY;
    }
}
