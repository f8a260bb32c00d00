package io.github.ram.model.ram.gradient;

import io.github.ram.model.ram.rollout.Matrix;
import io.github.ram.model.ram.rollout.Squash;
import java.util.Arrays;

/**
 * The LSTM core, with the gates i, f, z, o in a. This copy exists because the backward pass needs the gates and cells
 * of all steps:
 *
 * <pre>
 * aₜ = gₜ·Wᵢ + bᵢ + hₜ₋₁·W_h + b_h
 * i = σ(aᵢ), f = σ(a_f), z = tanh(a_z), o = σ(a_o)
 * cₜ = f·cₜ₋₁ + i·z, hₜ = o·tanh(cₜ)
 *
 * h̄ₜ = z̄ₜ·W_cᵀ + āₜ₊₁·W_hᵀ, with z̄ of {@link ActionPass}
 * c̄ₜ = h̄ₜ·o·(1 − tanh²(cₜ)) + c̄ₜ₊₁·fₜ₊₁
 * āᵢ = c̄ₜ·z·i·(1 − i)
 * ā_f = c̄ₜ·cₜ₋₁·f·(1 − f)
 * ā_z = c̄ₜ·i·(1 − z²)
 * ā_o = h̄ₜ·tanh(cₜ)·o·(1 − o)
 * </pre>
 *
 * {@link Recurrence} has the other gradients; b̄ᵢ = b̄_h = Σ ā over the rows.
 */
final class LstmPass implements CorePass {

    private static final int GATES = 4;

    private final int n;
    private final int core;
    private final LinearLayer recurrent;
    private final Sequence h;
    private final Sequence a; // a, the gates, and at last ā
    private final float[][] cells; // c₁…c_T, each [n, core]
    private final float[][] squashed; // tanh(c₁)…tanh(c_T), likewise
    private final Matrix dh;
    private final float[] dc; // [n, core]
    private final float[] gates; // of one rollout [4·core]
    private final float[] state; // of one rollout [core]
    private final float[] none; // c₀ = 0 [core]
    private final BiasSum bias;
    private final Recurrence recurrence;

    LstmPass(LinearLayer input, LinearLayer recurrent, int steps, int n) {
        this.n = n;
        this.core = input.out() / GATES;
        this.recurrent = recurrent;
        this.h = Sequence.zeros(steps, n, core);
        this.a = Sequence.zeros(steps, n, GATES * core);
        this.cells = new float[steps][n * core];
        this.squashed = new float[steps][n * core];
        this.dh = Matrix.zeros(n, core);
        this.dc = new float[n * core];
        this.gates = new float[GATES * core];
        this.state = new float[core];
        this.none = new float[core];
        this.bias = new BiasSum(input, recurrent);
        this.recurrence = new Recurrence(input, recurrent, h, a);
    }

    @Override
    public void begin() {
        bias.begin();
    }

    @Override
    public Matrix forward(int t, Matrix g) {
        recurrence.forward(t, g, a.at(t));
        for (int row = 0; row < n; row++) {
            a.at(t).get(row, gates);
            forward(t, row);
            a.at(t).put(row, gates);
            h.at(t).put(row, state);
        }
        return h.at(t);
    }

    private void forward(int t, int row) {
        float[] b = bias.values();
        for (int j = 0; j < gates.length; j++) {
            gates[j] += b[j];
        }
        Squash.sigmoid(gates, 0, 2 * core);
        Squash.tanh(gates, 2 * core, gates, 2 * core, core);
        Squash.sigmoid(gates, 3 * core, 4 * core);
        float[] c = cells[t];
        int at = row * core;
        for (int j = 0; j < core; j++) {
            c[at + j] = gates[j] * gates[2 * core + j];
        }
        if (t > 0) { // c₀ = 0
            float[] before = cells[t - 1];
            for (int j = 0; j < core; j++) {
                c[at + j] += gates[core + j] * before[at + j];
            }
        }
        Squash.tanh(c, at, squashed[t], at, core);
        for (int j = 0; j < core; j++) {
            state[j] = gates[3 * core + j] * squashed[t][at + j];
        }
    }

    @Override
    public Sequence states() {
        return h;
    }

    @Override
    public void learn(ActionPass action, Matrix g, Matrix dg) {
        Arrays.fill(dc, 0);
        for (int t = h.steps() - 1; t >= 0; t--) {
            action.back(t, dh);
            for (int row = 0; row < n; row++) {
                a.at(t).get(row, gates);
                dh.get(row, state);
                back(t, row);
                a.at(t).put(row, gates);
            }
            if (t > 0) {
                recurrent.back(a.at(t), dh, 0);
            }
        }
        recurrence.learn(g, dg);
        bias.end();
    }

    private void back(int t, int row) {
        float[] tanh = squashed[t];
        float[] before = t == 0 ? none : cells[t - 1]; // c₀ = 0
        int from = t == 0 ? 0 : row * core;
        int at = row * core;
        for (int j = 0; j < core; j++) {
            float i = gates[j];
            float f = gates[core + j];
            float z = gates[2 * core + j];
            float o = gates[3 * core + j];
            float y = tanh[at + j];
            float d = dc[at + j] + state[j] * o * (1 - y * y); // c̄ₜ
            dc[at + j] = d * f;
            gates[j] = d * z * i * (1 - i);
            gates[core + j] = d * before[from + j] * f * (1 - f);
            gates[2 * core + j] = d * i * (1 - z * z);
            gates[3 * core + j] = state[j] * y * o * (1 - o);
        }
        float[] sum = bias.gradient();
        for (int j = 0; j < gates.length; j++) {
            sum[j] += gates[j];
        }
    }
}
