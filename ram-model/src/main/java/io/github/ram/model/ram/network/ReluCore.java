package io.github.ram.model.ram.network;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The core of the paper: hₜ = relu(Wᵢgₜ + bᵢ + W_h hₜ₋₁ + b_h) with h₀ = 0.
 *
 * @param input Wᵢ, bᵢ: [glimpse, core]
 * @param recurrent W_h, b_h: [core, core]
 */
record ReluCore(Layer input, Layer recurrent) implements CoreNetwork {

    static ReluCore of(HiddenSizes hidden) {
        return new ReluCore(
                new Layer("rnn.i2h", hidden.glimpse(), hidden.core()),
                new Layer("rnn.h2h", hidden.core(), hidden.core()));
    }

    @Override
    public State first(SDVariable projected) {
        return relu(projected.add(recurrentBias(projected)));
    }

    @Override
    public State next(SDVariable projected, State previous) {
        return relu(projected.add(recurrent.apply(previous.h())));
    }

    private static State relu(SDVariable x) {
        return new State(x.getSameDiff().nn().relu(x, 0), null);
    }
}
