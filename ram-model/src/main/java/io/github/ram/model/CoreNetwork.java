package io.github.ram.model;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The core network, which carries what has been seen from glimpse to glimpse:
 * hₜ = relu(Wᵢgₜ + bᵢ + W_h hₜ₋₁ + b_h) with h₀ = 0.
 *
 * @param input Wᵢ, bᵢ: [glimpse, core]
 * @param recurrent W_h, b_h: [core, core]
 */
record CoreNetwork(Layer input, Layer recurrent) {

    static CoreNetwork of(RamConfig config) {
        HiddenSizes hidden = config.hidden();
        return new CoreNetwork(
                new Layer("rnn.i2h", hidden.glimpse(), hidden.core()),
                new Layer("rnn.h2h", hidden.core(), hidden.core()));
    }

    /**
     * The part of the state that does not depend on the state before it, for any number of steps at once.
     *
     * @param g output of the glimpse network [N, glimpse]
     * @return [N, core]
     */
    SDVariable project(SDVariable g) {
        return input.apply(g);
    }

    /**
     * h₁, where h₀ = 0 leaves only the bias of the recurrent layer.
     *
     * @param projected {@link #project} of g₁ [B, core]
     * @return [B, core]
     */
    SDVariable first(SDVariable projected) {
        SDVariable bias = projected.getSameDiff().getVariable(recurrent.bias());
        return relu(projected.add(bias));
    }

    /**
     * hₜ for t > 1.
     *
     * @param projected {@link #project} of gₜ [B, core]
     * @param previous hₜ₋₁ [B, core]
     * @return [B, core]
     */
    SDVariable next(SDVariable projected, SDVariable previous) {
        return relu(projected.add(recurrent.apply(previous)));
    }

    private static SDVariable relu(SDVariable x) {
        return x.getSameDiff().nn().relu(x, 0);
    }
}
