package io.github.ram.training.loop;

import io.github.ram.model.LossTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The result of one epoch.
 *
 * @param epoch from 1
 * @param learningRate of its first step
 * @param training means over the epoch's steps
 * @param validation the greedy evaluation after the epoch
 * @param imagesPerSecond trained: forward pass, backward pass and optimizer together
 */
public record EpochReport(
        int epoch, double learningRate, LossTerms training, Evaluator.Result validation, double imagesPerSecond) {

    /** The columns of {@code metrics.csv}. */
    public String header() {
        List<String> columns = new ArrayList<>(List.of("epoch", "learningRate"));
        columns.addAll(training.values().keySet());
        columns.add("validationErrorPercent");
        if (validation.hasTop5()) {
            columns.add("validationTop5ErrorPercent");
        }
        columns.add("imagesPerSecond");
        return String.join(",", columns);
    }

    /** One row of {@code metrics.csv}. */
    public String row() {
        List<String> values = new ArrayList<>(List.of(Integer.toString(epoch), Double.toString(learningRate)));
        training.values().values().forEach(value -> values.add(String.format(Locale.ROOT, "%.6f", value)));
        values.add(String.format(Locale.ROOT, "%.4f", validation.errorPercent()));
        if (validation.hasTop5()) {
            values.add(String.format(Locale.ROOT, "%.4f", validation.top5ErrorPercent()));
        }
        values.add(String.format(Locale.ROOT, "%.0f", imagesPerSecond));
        return String.join(",", values);
    }

    /** One line for people. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "epoch %3d  loss %.4f  training error %5.2f %%  validation error %5.2f %%  learning rate %.2g"
                        + "  %.0f images/s",
                epoch,
                training.get(LossTerms.LOSS),
                100 * (1 - training.get(LossTerms.ACCURACY)),
                validation.errorPercent(),
                learningRate,
                imagesPerSecond);
    }
}
