package io.github.ram.training.loop.optimizer;

import io.github.ram.model.Parameters;
import io.github.ram.model.graph.Floats;
import java.util.HashMap;
import java.util.Map;

/**
 * An exponential moving average of parameters, w̄ ← β·w̄ + (1 − β)·w after every step (Polyak and Juditsky, 1992). The
 * average lies nearer to the middle of the valley in which the last steps jump about, and has a lower test error.
 *
 * <p>In the first steps β is smaller, (1 + t)/(10 + t) after step t, so that the first weights soon lose their
 * influence. Statistics, which are running averages already, are copied.
 */
public final class WeightAverage {

    private final Parameters average;
    private final double decay;
    private final Map<String, float[]> means = new HashMap<>(); // room for the average
    private final Map<String, float[]> values = new HashMap<>(); // and for the parameters

    /**
     * @param start the first value of the average
     * @param decay β, in [0, 1): 0 keeps the parameters of the last step
     */
    public WeightAverage(Parameters start, double decay) {
        this.average = start.copy();
        this.decay = decay;
        average.arrays().forEach((name, array) -> {
            means.put(name, new float[(int) array.length()]);
            values.put(name, new float[(int) array.length()]);
        });
    }

    /** The average. Every update changes it in place. */
    public Parameters parameters() {
        return average;
    }

    /**
     * Adds the parameters after a step.
     *
     * @param step t, from 1
     */
    public void update(Parameters parameters, int step) {
        double beta = Math.min(decay, (1.0 + step) / (10.0 + step));
        average.arrays().forEach((name, mean) -> {
            float[] now = values.get(name);
            float[] sum = means.get(name);
            Floats.read(parameters.arrays().get(name)).get(now);
            if (average.isTrainable(name)) {
                Floats.read(mean).get(sum);
                mix(sum, (float) beta, now, (float) (1 - beta));
                Floats.write(mean, buffer -> buffer.put(sum));
            } else {
                Floats.write(mean, buffer -> buffer.put(now));
            }
        });
    }

    private static void mix(float[] sum, float beta, float[] now, float rest) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] = beta * sum[i] + rest * now[i];
        }
    }

    /** Sets the average to that of a run that is resumed. */
    public void restore(Parameters parameters) {
        average.arrays().forEach((name, mean) -> mean.assign(parameters.arrays().get(name)));
    }
}
