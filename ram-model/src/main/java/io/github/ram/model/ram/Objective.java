package io.github.ram.model.ram;

import io.github.ram.model.Check;

/**
 * What training minimises: see {@link LearningGraph}.
 *
 * @param stepWeight weight of the cross-entropy of the class after each glimpse but the last, whose weight is 1; in
 *     [0, 1e6]. The paper's is 0: only the last counts
 * @param policyWeight λ, the weight of REINFORCE in the whole loss, in [0, 1e6]
 * @param learnedStart whether the first location is drawn from the policy, with the zero state
 */
public record Objective(double stepWeight, double policyWeight, boolean learnedStart) {

    public Objective {
        Check.inRange("stepWeight", 0, 1e6, stepWeight);
        Check.inRange("policyWeight", 0, 1e6, policyWeight);
    }
}
