package io.github.ram.training.loop;

import java.util.Locale;

/**
 * What one epoch came to.
 *
 * @param epoch from 1
 * @param learningRate it was trained with
 * @param training means over the epoch's steps
 * @param validation the greedy evaluation after it
 * @param imagesPerSecond trained: rollouts, learning and optimizer together
 */
public record EpochReport(
        int epoch, double learningRate, LossTerms training, Evaluator.Result validation, double imagesPerSecond) {

    /** The columns of {@code metrics.csv}. */
    public static final String HEADER = "epoch,learningRate,loss,classificationLoss,baselineLoss,policyLoss,accuracy,"
            + "validationErrorPercent,imagesPerSecond";

    /** One row of {@code metrics.csv}. */
    public String row() {
        return String.format(
                Locale.ROOT,
                "%d,%s,%.6f,%.6f,%.6f,%.6f,%.6f,%.4f,%.0f",
                epoch,
                learningRate,
                training.loss(),
                training.classificationLoss(),
                training.baselineLoss(),
                training.policyLoss(),
                training.accuracy(),
                validation.errorPercent(),
                imagesPerSecond);
    }

    /** One line for people. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "epoch %3d  loss %.4f  training error %5.2f %%  validation error %5.2f %%  learning rate %.2g"
                        + "  %.0f images/s",
                epoch,
                training.loss(),
                100 * (1 - training.accuracy()),
                validation.errorPercent(),
                learningRate,
                imagesPerSecond);
    }
}
