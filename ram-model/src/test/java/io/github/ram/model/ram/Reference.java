package io.github.ram.model.ram;

import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.network.Weights;
import java.util.LinkedHashMap;
import java.util.Map;

/** The forward pass of the paper in plain Java and doubles, one image at a time: what the graphs must agree with. */
public final class Reference {

    /** What a rollout did: by step, but for the probabilities. */
    public record Rollout(double[] probabilities, double[][] locations, double[][] samples, double[][] glimpses) {}

    /** The state of the core: hₜ, and the cell cₜ of an LSTM. */
    record State(double[] h, double[] c) {

        static State zero(RamConfig config) {
            int core = config.hidden().core();
            return new State(new double[core], new double[core]);
        }
    }

    private Reference() {}

    /** The weights as doubles, by name. */
    public static Map<String, double[]> values(Weights weights) {
        Map<String, double[]> values = new LinkedHashMap<>();
        weights.arrays()
                .forEach((name, array) ->
                        values.put(name, array.dup('c').reshape(-1).toDoubleVector()));
        return values;
    }

    /**
     * @param image [H, W, C]
     * @param noise [T − 1][2]
     */
    public static Rollout run(Weights weights, double padding, float[] image, double[] start, double[][] noise) {
        RamConfig config = weights.config();
        Map<String, double[]> w = values(weights);
        int steps = config.steps();
        Rollout rollout = new Rollout(null, new double[steps][], new double[steps - 1][], new double[steps][]);
        double[] location = start;
        State state = State.zero(config);
        for (int t = 0; t < steps; t++) {
            rollout.locations[t] = location;
            rollout.glimpses[t] = glimpse(config, image, location, padding);
            state = state(config, w, rollout.glimpses[t], location, state);
            if (t < steps - 1) {
                double[] mean = mean(w, state.h);
                double[] sample = new double[2];
                double[] next = new double[2];
                for (int i = 0; i < 2; i++) {
                    sample[i] = mean[i] + config.std() * noise[t][i];
                    next[i] = Math.max(-1, Math.min(1, sample[i]));
                }
                rollout.samples[t] = sample;
                location = next;
            }
        }
        return new Rollout(softmax(logits(w, state.h)), rollout.locations, rollout.samples, rollout.glimpses);
    }

    static double[] glimpse(RamConfig config, float[] image, double[] location, double padding) {
        int height = config.image().height();
        int width = config.image().width();
        int channels = config.image().channels();
        int size = config.glimpse().patchSize();
        double[] glimpse = new double[config.glimpseSize()];
        int next = 0;
        for (int k = 0; k < config.glimpse().scales(); k++) {
            int block = (int) Math.pow(config.glimpse().scaleFactor(), k);
            // A location is a float32: near 1 the double beside it may lie in another pixel.
            int left = (int) Math.floor(0.5f * ((float) location[0] + 1) * width) - size * block / 2;
            int top = (int) Math.floor(0.5f * ((float) location[1] + 1) * height) - size * block / 2;
            for (int i = 0; i < size * size * channels; i++) {
                int row = top + i / channels / size * block;
                int column = left + i / channels % size * block;
                double sum = 0;
                for (int pixel = 0; pixel < block * block; pixel++) {
                    int y = row + pixel / block;
                    int x = column + pixel % block;
                    boolean inside = y >= 0 && y < height && x >= 0 && x < width;
                    sum += inside ? image[(y * width + x) * channels + i % channels] : padding;
                }
                glimpse[next++] = sum / (block * block);
            }
        }
        return glimpse;
    }

    static State state(RamConfig config, Map<String, double[]> w, double[] phi, double[] location, State previous) {
        double[] what = relu(layer(w, "sensor.fc1", phi));
        double[] where = relu(layer(w, "sensor.fc2", location));
        double[] g = relu(sum(layer(w, "sensor.fc3", what), layer(w, "sensor.fc4", where)));
        double[] a = sum(layer(w, "rnn.i2h", g), layer(w, "rnn.h2h", previous.h));
        return config.core() == RamConfig.Core.RELU ? new State(relu(a), previous.c) : lstm(a, previous.c);
    }

    /** Gates in the order i, f, z, o. */
    private static State lstm(double[] a, double[] previous) {
        int core = previous.length;
        double[] h = new double[core];
        double[] c = new double[core];
        for (int j = 0; j < core; j++) {
            c[j] = sigmoid(a[core + j]) * previous[j] + sigmoid(a[j]) * Math.tanh(a[2 * core + j]);
            h[j] = sigmoid(a[3 * core + j]) * Math.tanh(c[j]);
        }
        return new State(h, c);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** μₜ₊₁. */
    static double[] mean(Map<String, double[]> w, double[] state) {
        double[] mean = layer(w, "locator.fc_lt", relu(layer(w, "locator.fc", state)));
        return new double[] {Math.tanh(mean[0]), Math.tanh(mean[1])};
    }

    static double baseline(Map<String, double[]> w, double[] state) {
        return layer(w, "baseliner.fc", state)[0];
    }

    static double[] logits(Map<String, double[]> w, double[] state) {
        return layer(w, "classifier.fc", state);
    }

    static double[] softmax(double[] logits) {
        double sum = 0;
        double[] p = new double[logits.length];
        for (int i = 0; i < p.length; i++) {
            p[i] = Math.exp(logits[i]);
            sum += p[i];
        }
        for (int i = 0; i < p.length; i++) {
            p[i] /= sum;
        }
        return p;
    }

    private static double[] layer(Map<String, double[]> w, String name, double[] x) {
        double[] weight = w.get(name + ".weight");
        double[] y = w.get(name + ".bias").clone();
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < y.length; j++) {
                y[j] += x[i] * weight[i * y.length + j];
            }
        }
        return y;
    }

    private static double[] relu(double[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = Math.max(0, x[i]);
        }
        return y;
    }

    private static double[] sum(double[] a, double[] b) {
        double[] sum = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            sum[i] = a[i] + b[i];
        }
        return sum;
    }
}
