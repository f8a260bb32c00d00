package io.github.ram.training.loop;

import io.github.ram.model.graph.Floats;
import io.github.ram.model.ram.Weights;
import java.util.HashMap;
import java.util.Map;

/**
 * An exponential moving average of weights, w̄ ← β·w̄ + (1 − β)·w after every step (Polyak and Juditsky, 1992). It
 * stands nearer to the middle of the valley in which the last steps jump about, and errs less than they do.
 *
 * <p>In its first steps β is smaller, (1 + t)/(10 + t) after step t, so that the weights that training began with are
 * soon forgotten.
 */
public final class WeightAverage {

    private final Weights average;
    private final double decay;
    private final Map<String, float[]> means = new HashMap<>(); // room for the average
    private final Map<String, float[]> values = new HashMap<>(); // and for the weights

    /**
     * @param start what it begins with
     * @param decay β, in [0, 1): 0 keeps the weights of the last step
     */
    WeightAverage(Weights start, double decay) {
        this.average = start.copy();
        this.decay = decay;
        average.arrays().forEach((name, array) -> {
            means.put(name, new float[(int) array.length()]);
            values.put(name, new float[(int) array.length()]);
        });
    }

    /** The average. Every update changes it in place. */
    public Weights weights() {
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
            float[] sum = means.get(name);
            float[] now = values.get(name);
            Floats.read(weights.arrays().get(name)).get(now);
            Floats.read(mean).get(sum);
            mix(sum, (float) beta, now, (float) (1 - beta));
            Floats.write(mean, buffer -> buffer.put(sum));
        });
    }

    private static void mix(float[] sum, float beta, float[] now, float rest) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] = beta * sum[i] + rest * now[i];
        }
    }

    /** Puts the average where a run stands. */
    public void restore(Weights weights) {
        average.arrays().forEach((name, mean) -> mean.assign(weights.arrays().get(name)));
    }
}
