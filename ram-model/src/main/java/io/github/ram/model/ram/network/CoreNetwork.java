package io.github.ram.model.ram.network;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The core network, which integrates the glimpses in a state that starts at zero. Each kind adds the outputs of two
 * layers: {@code rnn.i2h} of the glimpse and {@code rnn.h2h} of the state.
 */
public sealed interface CoreNetwork permits ReluCore, LstmCore {

    static CoreNetwork of(RamConfig config) {
        return switch (config.core()) {
            case RELU -> ReluCore.of(config.hidden());
            case LSTM -> LstmCore.of(config.hidden());
        };
    }

    /** Wᵢ, bᵢ: [glimpse, n], where n is core times the gates of the kind. */
    Layer input();

    /** W_h, b_h: [core, n]. */
    Layer recurrent();

    /**
     * Applies the input layer, which does not depend on the previous state, to any number of steps.
     *
     * @param g output of the glimpse network [N, glimpse]
     * @return [N, n]
     */
    default SDVariable project(SDVariable g) {
        return input().apply(g);
    }

    /**
     * Returns the state after the first glimpse. The previous state is zero, so the recurrent layer reduces to its
     * bias.
     *
     * @param projected {@link #project} of g₁ [B, n]
     */
    State first(SDVariable projected);

    /**
     * Returns the state after glimpse t > 1.
     *
     * @param projected {@link #project} of gₜ [B, n]
     * @param previous the state after glimpse t − 1
     */
    State next(SDVariable projected, State previous);

    /** Returns the initial bias of the input layer [n]. */
    default float[] initialBias() {
        return new float[input().out()];
    }

    /** Returns the recurrent layer's output for a zero state: b_h [1, n]. */
    default SDVariable recurrentBias(SDVariable projected) {
        return projected.getSameDiff().getVariable(recurrent().bias());
    }

    /**
     * The state that a core passes to the next step.
     *
     * @param h hₜ [B, core], the input of the other networks
     * @param c the LSTM's cell cₜ [B, core], which only the core reads; null for a relu core
     */
    record State(SDVariable h, SDVariable c) {}
}
