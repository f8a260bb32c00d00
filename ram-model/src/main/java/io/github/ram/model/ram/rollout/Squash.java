package io.github.ram.model.ram.rollout;

/**
 * The functions tanh and σ on parts of arrays, where σ(x) = 1 / (1 + e⁻ˣ). The compiler turns their simple loops into
 * vector instructions. The results are the same floats on every machine.
 *
 * <p>For |x| ≤ 8.6, tanh(x) is x·P(x²)/Q(x²), where P and Q minimise the relative error. For larger |x| it is the
 * value at ±8.6. σ(x) is (1 + tanh(x/2))/2. Both errors are at most 4e-7, so values may exceed 1 by 4e-7.
 */
public final class Squash {

    private static final float LIMIT = 8.6f;
    private static final float P1 = 0.1340688169f;
    private static final float P2 = 3.5264091567e-3f;
    private static final float P3 = 2.1122503313e-5f;
    private static final float P4 = 1.4082636390e-8f;
    private static final float Q1 = 0.4674020410f;
    private static final float Q2 = 2.5993928313e-2f;
    private static final float Q3 = 3.3362823889e-4f;
    private static final float Q4 = 8.0707053485e-7f;

    private Squash() {}

    /** Sets y[to + i] to tanh(x[from + i]) for i in [0, n). The arrays may be the same one. */
    public static void tanh(float[] x, int from, float[] y, int to, int n) {
        for (int i = 0; i < n; i++) {
            y[to + i] = tanh(x[from + i]);
        }
    }

    /** Sets x[i] to σ(x[i]) for i in [from, to). */
    public static void sigmoid(float[] x, int from, int to) {
        for (int i = from; i < to; i++) {
            x[i] = 0.5f + 0.5f * tanh(0.5f * x[i]);
        }
    }

    private static float tanh(float value) {
        float x = Math.max(-LIMIT, Math.min(LIMIT, value));
        float u = x * x;
        float p = (((P4 * u + P3) * u + P2) * u + P1) * u + 1;
        float q = (((Q4 * u + Q3) * u + Q2) * u + Q1) * u + 1;
        return x * p / q;
    }
}
