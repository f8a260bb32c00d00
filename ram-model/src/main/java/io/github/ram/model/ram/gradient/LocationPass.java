package io.github.ram.model.ram.gradient;

import io.github.ram.model.ram.network.LocationNetwork;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.rollout.Matrix;
import io.github.ram.model.ram.rollout.RolloutBatch;

/**
 * The location network for n of N rollouts, and REINFORCE:
 *
 * <pre>
 * u = relu(hₜ·W_l + b_l), m = u·W_m + b_m, μₜ₊₁ = tanh(m), l = μ + σ·ε
 * loss = Σ (R − bₜ)·(‖l − μ‖² / 2σ² + log 2πσ²) / N
 * m̄ = −λ·(R − bₜ)·(l − μ)/σ²·(1 − μ²) / N
 * ū = m̄·W_mᵀ, W̄_m = uᵀ·m̄, and then {@link HiddenLayer}
 * </pre>
 *
 * The state is a constant here, so its gradient is 0.
 */
final class LocationPass {

    private final int n;
    private final double std;
    private final double weight; // λ
    private final HiddenLayer hidden;
    private final LinearLayer mean;
    private final Sequence m; // m, and then m̄
    private final float[] means; // μ [T − 1, n, 2]
    private final float[] gradient; // m̄ [T − 1, n, 2]

    /** Creates a pass for a model of at least two glimpses. */
    LocationPass(RamConfig config, LocationNetwork network, Layers layers, LossWeights objective, int n) {
        int steps = config.steps() - 1;
        this.n = n;
        this.std = config.std();
        this.weight = objective.policyWeight();
        this.hidden = new HiddenLayer(layers.of(network.fc()), steps, n);
        this.mean = layers.of(network.mean());
        this.m = Sequence.zeros(steps, n, 2);
        this.means = new float[2 * steps * n];
        this.gradient = new float[2 * steps * n];
    }

    /**
     * Samples the next locations.
     *
     * @param t the finished step, from 0
     * @param state hₜ [n, core]
     * @param batch provides the noise, and receives samples and locations
     * @param from the first of the n rollouts in the batch
     */
    void forward(int t, Matrix state, RolloutBatch batch, int from) {
        Matrix mt = m.at(t);
        mean.apply(hidden.forward(t, state), mt, 0);
        mt.get(gradient); // temporary memory
        for (int i = 0; i < 2 * n; i++) {
            float mu = (float) Math.tanh(gradient[i] + mean.bias()[i % 2]);
            int at = 2 * (t * batch.size() + from) + i;
            float sample = mu + batch.noise()[at] * (float) std;
            means[2 * t * n + i] = mu;
            batch.samples()[at] = sample;
            batch.locations()[at + 2 * batch.size()] = Math.max(-1, Math.min(1, sample));
        }
    }

    /**
     * Adds the gradients of REINFORCE.
     *
     * @param states h₁…h_T₋₁ [(T − 1)·n, core]
     * @param rewards R [n]
     * @return the loss of the n rollouts, without λ
     */
    double learn(Matrix states, float[] rewards, BaselinePass baseline, RolloutBatch batch, int from) {
        double loss = 0;
        for (int t = 0; t < m.steps(); t++) {
            for (int i = 0; i < n; i++) {
                double advantage = rewards[i] - baseline.value(t, i);
                double squares = 0;
                for (int axis = 0; axis < 2; axis++) {
                    int at = 2 * (t * n + i) + axis;
                    float mu = means[at];
                    float distance = batch.samples()[2 * (t * batch.size() + from + i) + axis] - mu;
                    squares += distance * distance;
                    gradient[at] =
                            (float) (-weight * advantage * distance / (std * std) * (1 - mu * mu) / batch.size());
                    mean.biasGradient()[axis] += gradient[at];
                }
                loss += advantage * (squares / (2 * std * std) + Math.log(2 * Math.PI * std * std));
            }
        }
        if (weight != 0) {
            m.all().put(gradient, 0);
            mean.learn(hidden.output(), m.all());
            mean.back(m.all(), hidden.gradient(), 0);
            hidden.learn(states);
        }
        return loss / batch.size();
    }
}
