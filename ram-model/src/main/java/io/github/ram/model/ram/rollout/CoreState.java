package io.github.ram.model.ram.rollout;

import io.github.ram.model.ram.network.RamConfig;
import java.util.Arrays;

/**
 * The last step of the core network: from a = W_h hₜ₋₁ + b_h + Wᵢgₜ + bᵢ to hₜ. This copy of the core exists because an
 * engine keeps one step only, in Java's arrays.
 */
sealed interface CoreState {

    /**
     * @param rollouts number of states
     */
    static CoreState of(RamConfig config, int rollouts) {
        int size = config.hidden().core();
        return switch (config.core()) {
            case RELU -> new Relu(size);
            case LSTM -> new Lstm(new float[rollouts][size]);
        };
    }

    /** Returns the length of a. */
    int sums();

    /** Sets the state of rollout i to zero. */
    void begin(int i);

    /**
     * Computes the next state of rollout i.
     *
     * @param a [core or more], for an LSTM [4·core or more]; overwritten
     * @param h receives hₜ [core or more]; further elements stay unchanged
     */
    void next(int i, float[] a, float[] h);

    /** hₜ = relu(a). */
    record Relu(int size) implements CoreState {

        @Override
        public int sums() {
            return size;
        }

        @Override
        public void begin(int i) {}

        @Override
        public void next(int i, float[] a, float[] h) {
            for (int j = 0; j < size; j++) {
                h[j] = Math.max(0, a[j]);
            }
        }
    }

    /**
     * The LSTM, with the gates i, f, z, o in a: cₜ = σ(f)·cₜ₋₁ + σ(i)·tanh(z), hₜ = σ(o)·tanh(cₜ).
     *
     * @param cells c of each rollout [rollouts][core]
     */
    record Lstm(float[][] cells) implements CoreState {

        @Override
        public int sums() {
            return 4 * cells[0].length;
        }

        @Override
        public void begin(int i) {
            Arrays.fill(cells[i], 0);
        }

        @Override
        public void next(int i, float[] a, float[] h) {
            float[] c = cells[i];
            int size = c.length;
            Squash.sigmoid(a, 0, 2 * size);
            Squash.tanh(a, 2 * size, a, 2 * size, size);
            Squash.sigmoid(a, 3 * size, 4 * size);
            for (int j = 0; j < size; j++) {
                c[j] = a[size + j] * c[j] + a[j] * a[2 * size + j];
            }
            Squash.tanh(c, 0, h, 0, size);
            for (int j = 0; j < size; j++) {
                h[j] *= a[3 * size + j];
            }
        }
    }
}
