package io.github.ram.model.ram.gradient;

import io.github.ram.model.ram.network.CoreNetwork;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.rollout.Matrix;

/** The forward pass and the backpropagation through time of the core network, for n rollouts. */
interface CorePass {

    static CorePass of(RamConfig config, CoreNetwork network, Layers layers, int n) {
        LinearLayer input = layers.of(network.input());
        LinearLayer recurrent = layers.of(network.recurrent());
        return switch (config.core()) {
            case RELU -> new ReluPass(input, recurrent, config.steps(), n);
            case LSTM -> new LstmPass(input, recurrent, config.steps(), n);
        };
    }

    /** Reads the biases. */
    void begin();

    /**
     * Returns hₜ.
     *
     * @param t the step, from 0
     * @param g gₜ [n, glimpse]
     * @return [n, core]
     */
    Matrix forward(int t, Matrix g);

    /** h₁…h_T [T·n, core]. */
    Sequence states();

    /**
     * Adds the gradients of the cross-entropy, the only loss with a gradient in the core.
     *
     * @param action source of h̄
     * @param g [T·n, glimpse]
     * @param dg receives ḡ [T·n, glimpse]
     */
    void learn(ActionPass action, Matrix g, Matrix dg);
}
