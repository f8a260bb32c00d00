package io.github.ram.model.ram.gradient;

import io.github.ram.model.ram.network.LocationNetwork;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.rollout.Matrix;

/**
 * A learned start: the policy's location for the zero state. {@link LocationPass} defines the loss and the gradients.
 * With h = 0, u is relu(b_l), W_l has no gradient, and the baseline is c.
 */
public final class StartPass {

    private final double std;
    private final double weight; // λ
    private final Matrix state; // h₀ [1, core]
    private final HiddenLayer hidden;
    private final LinearLayer mean;
    private final Matrix m; // m, and then m̄ [1, 2]
    private final float[] mu = new float[2];
    private final float[] gradient = new float[2];

    /** Makes a pass that reads the weights of {@code layers} and adds to their gradients. */
    public StartPass(RamConfig config, LocationNetwork network, Layers layers, LossWeights objective) {
        this.std = config.std();
        this.weight = objective.policyWeight();
        this.state = Matrix.zeros(1, config.hidden().core());
        this.hidden = new HiddenLayer(layers.of(network.fc()), 1, 1);
        this.mean = layers.of(network.mean());
        this.m = Matrix.zeros(1, 2);
    }

    /**
     * Adds the gradients of all rollouts of a batch.
     *
     * @param baseline c
     * @return the loss, without λ
     */
    public double learn(LearningBatch batch, float baseline) {
        mean.apply(hidden.forward(0, state), m, 0);
        m.get(mu);
        double loss = 0;
        int n = batch.rollouts().size();
        for (int axis = 0; axis < 2; axis++) {
            mu[axis] = (float) Math.tanh(mu[axis] + mean.bias()[axis]);
            double sum = 0;
            for (int b = 0; b < n; b++) {
                double advantage = batch.reward(b) - baseline;
                double distance = batch.startSamples()[2 * b + axis] - mu[axis];
                sum += advantage * distance;
                loss += advantage * (distance * distance / (2 * std * std) + Math.log(2 * Math.PI * std * std) / 2);
            }
            gradient[axis] = (float) (-weight * sum / (std * std) * (1 - mu[axis] * mu[axis]) / n);
            mean.biasGradient()[axis] += gradient[axis];
        }
        if (weight != 0) {
            m.put(gradient, 0);
            mean.learn(hidden.output(), m);
            mean.back(m, hidden.gradient(), 0);
            hidden.learn(state);
        }
        return loss / n;
    }
}
