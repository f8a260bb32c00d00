package io.github.ram.model.ram.gradient;

import io.github.ram.model.ram.rollout.Matrix;

/**
 * The paper's core:
 *
 * <pre>
 * hₜ = relu(gₜ·Wᵢ + bᵢ + hₜ₋₁·W_h + b_h)
 * h̄ₜ = z̄ₜ·W_cᵀ + āₜ₊₁·W_hᵀ, with z̄ of {@link ActionPass}
 * āₜ = h̄ₜ where hₜ > 0, and 0 elsewhere
 * ḡ = ā·Wᵢᵀ, W̄ᵢ = gᵀ·ā, W̄_h = Σ hₜ₋₁ᵀ·āₜ, b̄ᵢ = b̄_h = Σ ā over the rows
 * </pre>
 */
final class ReluPass implements CorePass {

    private final LinearLayer input;
    private final LinearLayer recurrent;
    private final Sequence h;
    private final Sequence da; // h̄ first
    private final Relu relu;
    private final BiasSum bias;
    private final int steps;
    private final Recurrence recurrence;

    ReluPass(LinearLayer input, LinearLayer recurrent, int steps, int n) {
        this.input = input;
        this.recurrent = recurrent;
        this.steps = steps;
        this.h = Sequence.zeros(steps, n, input.out());
        this.da = Sequence.zeros(steps, n, input.out());
        this.relu = new Relu(input.out());
        this.bias = new BiasSum(input, recurrent);
        this.recurrence = new Recurrence(input, recurrent, h, da);
    }

    @Override
    public void begin() {
        bias.begin();
    }

    @Override
    public Matrix forward(int t, Matrix g) {
        recurrence.forward(t, g, h.at(t));
        relu.apply(h.at(t), bias.values());
        return h.at(t);
    }

    @Override
    public Sequence states() {
        return h;
    }

    @Override
    public void learn(ActionPass action, Matrix g, Matrix dg) {
        for (int t = steps - 1; t >= 0; t--) {
            action.back(t, da.at(t)); // h̄ₜ
            relu.back(h.at(t), da.at(t), bias.gradient());
            if (t > 0) {
                recurrent.back(da.at(t), da.at(t - 1), 0);
            }
        }
        recurrence.learn(g, dg);
        bias.end();
    }
}
