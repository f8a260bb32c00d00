package io.github.ram.model.ram.learning;

import io.github.ram.model.ram.engine.Matrix;
import java.util.Arrays;

/**
 * Long short-term memory, with the gates i, f, z, o in a:
 *
 * <pre>
 * aₜ = gₜ·Wᵢ + bᵢ + hₜ₋₁·W_h + b_h
 * i = σ(aᵢ), f = σ(a_f), z = tanh(a_z), o = σ(a_o)
 * cₜ = f·cₜ₋₁ + i·z, hₜ = o·tanh(cₜ)
 *
 * h̄ₜ = what comes from the action network + āₜ₊₁·W_hᵀ
 * c̄ₜ = h̄ₜ·o·(1 − tanh²(cₜ)) + c̄ₜ₊₁·fₜ₊₁
 * āᵢ = c̄ₜ·z·i·(1 − i)
 * ā_f = c̄ₜ·cₜ₋₁·f·(1 − f)
 * ā_z = c̄ₜ·i·(1 − z²)
 * ā_o = h̄ₜ·tanh(cₜ)·o·(1 − o)
 * </pre>
 *
 * The rest is that of {@link Recurrence}; b̄ᵢ = b̄_h = Σ ā over the rows.
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
        float[] c = cells[t];
        for (int j = 0; j < core; j++) {
            int at = row * core + j;
            float i = sigmoid(gates[j] + b[j]);
            float f = sigmoid(gates[core + j] + b[core + j]);
            float z = (float) Math.tanh(gates[2 * core + j] + b[2 * core + j]);
            float o = sigmoid(gates[3 * core + j] + b[3 * core + j]);
            c[at] = i * z + (t == 0 ? 0 : f * cells[t - 1][at]); // c₀ = 0
            squashed[t][at] = (float) Math.tanh(c[at]);
            state[j] = o * squashed[t][at];
            gates[j] = i;
            gates[core + j] = f;
            gates[2 * core + j] = z;
            gates[3 * core + j] = o;
        }
    }

    private static float sigmoid(float x) {
        return (float) (1 / (1 + Math.exp(-x)));
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
        for (int j = 0; j < core; j++) {
            int at = row * core + j;
            float i = gates[j];
            float f = gates[core + j];
            float z = gates[2 * core + j];
            float o = gates[3 * core + j];
            float tanh = squashed[t][at];
            float d = dc[at] + state[j] * o * (1 - tanh * tanh); // c̄ₜ
            dc[at] = d * f;
            gates[j] = d * z * i * (1 - i);
            gates[core + j] = t == 0 ? 0 : d * cells[t - 1][at] * f * (1 - f);
            gates[2 * core + j] = d * i * (1 - z * z);
            gates[3 * core + j] = state[j] * tanh * o * (1 - o);
        }
        float[] sum = bias.gradient();
        for (int j = 0; j < gates.length; j++) {
            sum[j] += gates[j];
        }
    }
}
