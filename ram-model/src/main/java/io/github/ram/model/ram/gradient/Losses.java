package io.github.ram.model.ram.gradient;

/**
 * The losses of a batch, as {@link io.github.ram.model.ram.LearningGraph} defines them, each a mean over the
 * rollouts. The total loss is classification + baseline + λ·policy.
 *
 * @param classification cross-entropy
 * @param baseline mean squared error of the baseline
 * @param policy REINFORCE
 */
public record Losses(double classification, double baseline, double policy) {

    /** Returns the sum of each loss. */
    public Losses plus(Losses other) {
        return new Losses(classification + other.classification, baseline + other.baseline, policy + other.policy);
    }
}
