package io.github.ram.model.ram;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The core network, which carries what has been seen from glimpse to glimpse, from a state of zeros on. Each
 * kind has two layers that meet in a sum: {@code rnn.i2h} of the glimpse and {@code rnn.h2h} of the state.
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
     * The part of the state that does not depend on the state before it, for any number of steps at once.
     *
     * @param g output of the glimpse network [N, glimpse]
     * @return [N, n]
     */
    default SDVariable project(SDVariable g) {
        return input().apply(g);
    }

    /**
     * The state after the first glimpse: the one before it is zero, which leaves of the recurrent layer its bias.
     *
     * @param projected {@link #project} of g₁ [B, n]
     */
    State first(SDVariable projected);

    /**
     * The state after glimpse t > 1.
     *
     * @param projected {@link #project} of gₜ [B, n]
     * @param previous the state after glimpse t − 1
     */
    State next(SDVariable projected, State previous);

    /** The first bias of the input layer [n]. */
    default float[] initialBias() {
        return new float[input().out()];
    }

    /** The recurrent layer of a state of zeros: b_h [1, n]. */
    default SDVariable recurrentBias(SDVariable projected) {
        return projected.getSameDiff().getVariable(recurrent().bias());
    }

    /**
     * What a core carries to the next glimpse.
     *
     * @param h hₜ [B, core], which the other networks read
     * @param c the LSTM's cell cₜ [B, core], which only the core itself reads; null for a relu core
     */
    record State(SDVariable h, SDVariable c) {}
}
