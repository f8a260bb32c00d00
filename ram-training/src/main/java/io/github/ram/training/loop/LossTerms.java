package io.github.ram.training.loop;

import io.github.ram.model.ram.LearningGraph;

/**
 * The terms of the loss, each a mean over images, under the names that {@link LearningGraph}, the metrics
 * and the README give them.
 *
 * @param loss classification + baseline + λ·policy
 * @param classificationLoss cross-entropy of the class after the last glimpse
 * @param baselineLoss mean squared error of the baseline against the reward
 * @param policyLoss REINFORCE
 * @param accuracy share of sampled rollouts that named the right class: the mean reward
 */
public record LossTerms(
        double loss, double classificationLoss, double baselineLoss, double policyLoss, double accuracy) {

    public static final LossTerms ZERO = new LossTerms(0, 0, 0, 0, 0);

    /** This plus other times weight. */
    public LossTerms plus(LossTerms other, double weight) {
        return new LossTerms(
                loss + weight * other.loss,
                classificationLoss + weight * other.classificationLoss,
                baselineLoss + weight * other.baselineLoss,
                policyLoss + weight * other.policyLoss,
                accuracy + weight * other.accuracy);
    }

    /** Whether every term is a number: if one is not, neither is their sum. */
    boolean isFinite() {
        return Double.isFinite(loss);
    }

    /**
     * Stops a run whose loss is no longer a number.
     *
     * @throws TrainingException naming step, term and remedy
     */
    void requireFinite(int epoch, int step) {
        requireFinite(epoch, step, LearningGraph.CLASSIFICATION_LOSS, classificationLoss);
        requireFinite(epoch, step, LearningGraph.BASELINE_LOSS, baselineLoss);
        requireFinite(epoch, step, LearningGraph.POLICY_LOSS, policyLoss);
        requireFinite(epoch, step, LearningGraph.LOSS, loss);
    }

    private static void requireFinite(int epoch, int step, String term, double value) {
        if (!Double.isFinite(value)) {
            throw new TrainingException(
                    "training diverged: %s is %s in epoch %d, step %d; start again with a smaller --learning-rate"
                            .formatted(term, value, epoch, step));
        }
    }
}
