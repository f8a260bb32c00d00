package io.github.ram.training;

import io.github.ram.model.Weights;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An exponential moving average of weights, w̄ ← β·w̄ + (1 − β)·w after every step (Polyak and Juditsky, 1992). It
 * stands nearer to the middle of the valley in which the last steps jump about, and errs less than they do.
 *
 * <p>In its first steps β is smaller, (1 + t)/(10 + t) after step t, so that the weights that training began with are
 * soon forgotten.
 */
final class WeightAverage {

    private final Weights average;
    private final double decay;

    /**
     * @param start what it begins with
     * @param decay β, in [0, 1): 0 keeps the weights of the last step
     */
    WeightAverage(Weights start, double decay) {
        this.average = start.copy();
        this.decay = decay;
    }

    /** The average. Every update changes it in place. */
    Weights weights() {
        return average;
    }

    /**
     * Takes in the weights after a step.
     *
     * @param step t, from 1
     */
    void update(Weights weights, int step) {
        double beta = Math.min(decay, (1.0 + step) / (10.0 + step));
        average.arrays().forEach((name, mean) -> {
            INDArray now = weights.arrays().get(name);
            if (beta == 0) {
                mean.assign(now);
            } else {
                mean.muli(beta).addi(now.mul(1 - beta));
            }
        });
    }

    /** Puts the average where a run stands. */
    void restore(Weights weights) {
        average.arrays().forEach((name, mean) -> mean.assign(weights.arrays().get(name)));
    }
}
