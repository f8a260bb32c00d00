package io.github.ram.model.ram.network;

import java.util.Arrays;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The long short-term memory of Hochreiter and Schmidhuber with a forget gate. The paper uses this core for tasks
 * beyond classification. With a = Wᵢgₜ + bᵢ + W_h hₜ₋₁ + b_h, split into four gates of size core in the order i, f,
 * z, o (as in PyTorch's LSTMCell):
 *
 * <pre>
 * cₜ = σ(f)·cₜ₋₁ + σ(i)·tanh(z)
 * hₜ = σ(o)·tanh(cₜ)
 * </pre>
 *
 * with h₀ = c₀ = 0.
 *
 * @param input Wᵢ, bᵢ: [glimpse, 4·core]
 * @param recurrent W_h, b_h: [core, 4·core]
 */
record LstmCore(Layer input, Layer recurrent) implements CoreNetwork {

    private static final int GATES = 4;

    private static final int FORGET = 1;

    static LstmCore of(HiddenSizes hidden) {
        return new LstmCore(
                new Layer("rnn.i2h", hidden.glimpse(), GATES * hidden.core()),
                new Layer("rnn.h2h", hidden.core(), GATES * hidden.core()));
    }

    @Override
    public State first(SDVariable projected) {
        SDVariable[] gates = gates(projected.add(recurrentBias(projected)));
        return state(gates, written(gates));
    }

    @Override
    public State next(SDVariable projected, State previous) {
        SDVariable[] gates = gates(projected.add(recurrent.apply(previous.h())));
        return state(gates, sigmoid(gates[FORGET]).mul(previous.c()).add(written(gates)));
    }

    /**
     * Returns 1 for the forget gate and 0 for the other gates, so that a new core keeps its state (Jozefowicz,
     * Zaremba and Sutskever, 2015).
     */
    @Override
    public float[] initialBias() {
        float[] bias = new float[input.out()];
        int core = input.out() / GATES;
        Arrays.fill(bias, FORGET * core, (FORGET + 1) * core, 1);
        return bias;
    }

    /** Splits [B, 4·core] into i, f, z, o, each [B, core]. */
    private static SDVariable[] gates(SDVariable a) {
        return a.getSameDiff().split(a, GATES, 1);
    }

    /** Returns the new part of the cell: σ(i)·tanh(z) [B, core]. */
    private static SDVariable written(SDVariable[] gates) {
        return sigmoid(gates[0]).mul(tanh(gates[2]));
    }

    private static State state(SDVariable[] gates, SDVariable c) {
        return new State(sigmoid(gates[3]).mul(tanh(c)), c);
    }

    private static SDVariable sigmoid(SDVariable x) {
        return x.getSameDiff().nn().sigmoid(x);
    }

    private static SDVariable tanh(SDVariable x) {
        return x.getSameDiff().math().tanh(x);
    }
}
