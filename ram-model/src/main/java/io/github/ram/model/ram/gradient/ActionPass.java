package io.github.ram.model.ram.gradient;

import io.github.ram.model.ram.network.ActionNetwork;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.rollout.Matrix;
import io.github.ram.model.ram.rollout.RolloutBatch;

/**
 * The action network for n of N rollouts, and the cross-entropy of the classes y, where step t has the weight wₜ:
 *
 * <pre>
 * zₜ = hₜ·W_c + b_c, pₜ = softmax(zₜ)
 * loss = Σ wₜ·(−log pₜ[y]) / (N·Σ wₜ)
 * z̄ₜ = wₜ·(pₜ − onehot(y)) / (N·Σ wₜ)
 * </pre>
 */
final class ActionPass {

    private final int n;
    private final int steps;
    private final int uncounted; // steps before the first whose cross-entropy counts
    private final double stepWeight;
    private final LinearLayer fc;
    private final Sequence z; // zₜ, and then z̄ₜ
    private final float[] row;

    ActionPass(RamConfig config, ActionNetwork network, Layers layers, LossWeights objective, int n) {
        this.n = n;
        this.steps = config.steps();
        this.stepWeight = objective.stepWeight();
        this.uncounted = stepWeight == 0 ? steps - 1 : 0;
        this.fc = layers.of(network.fc());
        this.z = Sequence.zeros(steps - uncounted, n, config.classes());
        this.row = new float[config.classes()];
    }

    /**
     * Computes the probabilities, the loss and z̄.
     *
     * @param states h [T·n, core]
     * @param batch receives the probabilities after the last step
     * @param from the first of the n rollouts in the batch
     * @return the loss of the n rollouts
     */
    double forward(Sequence states, LearningBatch batch, int from) {
        double weights = 1 + (steps - 1) * stepWeight;
        double loss = 0;
        for (int t = uncounted; t < steps; t++) {
            Matrix zt = z.at(t - uncounted);
            fc.apply(states.at(t), zt, 0);
            double share = (t == steps - 1 ? 1 : stepWeight) / (batch.rollouts().size() * weights);
            loss += share * learn(zt, batch, from, (float) share, t == steps - 1);
        }
        return loss;
    }

    private double learn(Matrix zt, LearningBatch batch, int from, float share, boolean last) {
        RolloutBatch rollouts = batch.rollouts();
        double loss = 0;
        for (int b = 0; b < n; b++) {
            int label = batch.labels()[from + b];
            zt.get(b, row);
            loss += softmax(row, fc.bias(), label);
            if (last) {
                System.arraycopy(row, 0, rollouts.probabilities(), (from + b) * row.length, row.length);
            }
            for (int c = 0; c < row.length; c++) {
                row[c] = share * (row[c] - (c == label ? 1 : 0));
                fc.biasGradient()[c] += row[c];
            }
            zt.put(b, row);
        }
        return loss;
    }

    /**
     * Replaces z without bias by p, and returns −log p of the label. This softmax differs from the engine's, because
     * the loss needs log p and a sum in double precision.
     */
    private static double softmax(float[] z, float[] bias, int label) {
        float most = Float.NEGATIVE_INFINITY;
        for (int c = 0; c < z.length; c++) {
            z[c] += bias[c];
            most = Math.max(most, z[c]);
        }
        double ofLabel = z[label] - most;
        double sum = 0;
        for (int c = 0; c < z.length; c++) {
            z[c] = (float) Math.exp(z[c] - most);
            sum += z[c];
        }
        for (int c = 0; c < z.length; c++) {
            z[c] /= (float) sum;
        }
        return Math.log(sum) - ofLabel;
    }

    /** Adds W̄_c to the gradients. */
    void learn(Sequence states) {
        for (int t = uncounted; t < steps; t++) {
            fc.learn(states.at(t), z.at(t - uncounted));
        }
    }

    /**
     * h̄ₜ ← h̄ₜ + z̄ₜ·W_cᵀ. In the last step h̄ₜ ← z̄ₜ·W_cᵀ, because h̄ₜ has no other term.
     *
     * @param t the step, from 0
     */
    void back(int t, Matrix dh) {
        if (t >= uncounted) {
            fc.back(z.at(t - uncounted), dh, t == steps - 1 ? 0 : 1);
        }
    }
}
