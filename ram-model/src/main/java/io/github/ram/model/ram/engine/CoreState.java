package io.github.ram.model.ram.engine;

import io.github.ram.model.ram.RamConfig;
import java.util.Arrays;

/** The last step of the core network: from a = W_h hₜ₋₁ + b_h + Wᵢgₜ + bᵢ to hₜ. */
sealed interface CoreState {

    /**
     * @param rollouts how many it keeps a state for
     */
    static CoreState of(RamConfig config, int rollouts) {
        int size = config.hidden().core();
        return switch (config.core()) {
            case RELU -> new Relu(size);
            case LSTM -> new Lstm(new float[rollouts][size]);
        };
    }

    /** Length of a. */
    int sums();

    /** Sets the state of rollout i to zero. */
    void begin(int i);

    /**
     * The next state of rollout i.
     *
     * @param a [core], of an LSTM [4·core], or longer; overwritten
     * @param h gets hₜ [core]; longer arrays keep what is behind it
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
     * Of the gates i, f, z, o in a: cₜ = σ(f)·cₜ₋₁ + σ(i)·tanh(z), hₜ = σ(o)·tanh(cₜ).
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
