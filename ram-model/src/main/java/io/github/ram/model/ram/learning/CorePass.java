package io.github.ram.model.ram.learning;

import io.github.ram.model.ram.CoreNetwork;
import io.github.ram.model.ram.RamConfig;
import io.github.ram.model.ram.engine.Matrix;

/** The core network of n rollouts, forward and back through time. */
interface CorePass {

    static CorePass of(RamConfig config, CoreNetwork network, Layers layers, int n) {
        LinearLayer input = layers.of(network.input());
        LinearLayer recurrent = layers.of(network.recurrent());
        return switch (config.core()) {
            case RELU -> new ReluPass(input, recurrent, config.steps(), n);
            case LSTM -> new LstmPass(input, recurrent, config.steps(), n);
        };
    }

    /** Reads the weights' biases. */
    void begin();

    /**
     * hₜ.
     *
     * @param t the step, from 0
     * @param g gₜ [n, glimpse]
     * @return [n, core]
     */
    Matrix forward(int t, Matrix g);

    /** h₁…h_T [T·n, core]. */
    Sequence states();

    /**
     * Learns from the cross-entropy, the only loss that reaches the core.
     *
     * @param action where the loss reaches it
     * @param g [T·n, glimpse]
     * @param dg gets ḡ [T·n, glimpse]
     */
    void learn(ActionPass action, Matrix g, Matrix dg);
}
