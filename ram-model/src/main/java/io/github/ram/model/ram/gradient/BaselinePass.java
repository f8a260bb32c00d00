package io.github.ram.model.ram.gradient;

import io.github.ram.model.ram.network.BaselineNetwork;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.rollout.Matrix;

/**
 * The baseline for n of N rollouts, and its mean squared error against the rewards:
 *
 * <pre>
 * bₜ = hₜ·w_b + c
 * loss = Σ (bₜ − R)² / (T·N)
 * b̄ₜ = 2·(bₜ − R) / (T·N)
 * </pre>
 *
 * The state is a constant here, so its gradient is 0.
 */
final class BaselinePass {

    private final int n;
    private final LinearLayer fc;
    private final Matrix b;
    private final float[] values; // b [T·n]
    private final float[] gradient;

    BaselinePass(RamConfig config, BaselineNetwork network, Layers layers, int n) {
        this.n = n;
        this.fc = layers.of(network.fc());
        this.b = Matrix.zeros(config.steps() * n, 1);
        this.values = new float[b.rows()];
        this.gradient = new float[b.rows()];
    }

    /**
     * Estimates the rewards, and adds the gradients of the error.
     *
     * @param states h [T·n, core]
     * @param rewards R [n]
     * @param batch N
     * @return the loss of the n rollouts
     */
    double learn(Matrix states, float[] rewards, int batch) {
        fc.apply(states, b, 0);
        b.get(values);
        float scale = 2f / ((float) values.length / n * batch);
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] += fc.bias()[0];
            float error = values[i] - rewards[i % n];
            squares += (double) error * error;
            gradient[i] = scale * error;
            fc.biasGradient()[0] += gradient[i];
        }
        b.put(gradient, 0);
        fc.learn(states, b);
        return squares * scale / 2;
    }

    /** bₜ of rollout i, t from 0. */
    float value(int t, int i) {
        return values[t * n + i];
    }

    /** b₀ = c: the baseline of the zero state. */
    float first() {
        return fc.bias()[0];
    }
}
