package io.github.ram.model.ram.gradient;

import io.github.ram.model.ram.rollout.Matrix;

/**
 * The layers of every core: the sum of a layer of the glimpse and a layer of the previous state.
 *
 * <pre>
 * aₜ = gₜ·Wᵢ + hₜ₋₁·W_h + b
 * ḡ = ā·Wᵢᵀ, W̄ᵢ = gᵀ·ā, W̄_h = Σ hₜ₋₁ᵀ·āₜ
 * </pre>
 */
final class Recurrence {

    private final LinearLayer input;
    private final LinearLayer recurrent;
    private final Sequence h;
    private final Matrix da;
    private final Matrix before; // h₁…h_T₋₁, or null with one step
    private final Matrix after; // ā₂…ā_T

    /**
     * @param h [T·n, core]
     * @param da ā [T·n, out]
     */
    Recurrence(LinearLayer input, LinearLayer recurrent, Sequence h, Sequence da) {
        int steps = h.steps();
        this.input = input;
        this.recurrent = recurrent;
        this.h = h;
        this.da = da.all();
        this.before = steps > 1 ? h.span(0, steps - 1).all() : null;
        this.after = steps > 1 ? da.span(1, steps).all() : null;
    }

    /** Computes aₜ without its bias. */
    void forward(int t, Matrix g, Matrix a) {
        input.apply(g, a, 0);
        if (t > 0) { // h₀ = 0
            recurrent.apply(h.at(t - 1), a, 1);
        }
    }

    /** Adds the gradients of both layers from ā of all steps, and computes ḡ. */
    void learn(Matrix g, Matrix dg) {
        input.learn(g, da);
        input.back(da, dg, 0);
        if (before != null) {
            recurrent.learn(before, after);
        }
    }
}
