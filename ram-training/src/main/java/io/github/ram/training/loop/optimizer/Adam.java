package io.github.ram.training.loop.optimizer;

/**
 * Adam (Kingma and Ba, 2015) with β₁ = 0.9 and β₂ = 0.999: in step t, from 1, a parameter changes by
 * −α·√(1 − β₂ᵗ)/(1 − β₁ᵗ)·m/(√v + ε̂). That is the form at the end of the paper's section 2, with ε̂ = 1e-8 added to √v
 * before its bias is corrected.
 */
final class Adam implements Optimizer.UpdateRule {

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final float EPSILON = 1e-8f;

    @Override
    public int moments() {
        return 2;
    }

    @Override
    public void update(float[] w, float[] g, float[][] moments, double learningRate, int step) {
        double bias = Math.sqrt(1 - Math.pow(BETA2, step)) / (1 - Math.pow(BETA1, step));
        update(w, g, moments[0], moments[1], (float) (learningRate * bias));
    }

    /** A loop of a plain form that the compiler turns into vector instructions. */
    private static void update(float[] w, float[] g, float[] m, float[] v, float rate) {
        float b1 = (float) BETA1;
        float b2 = (float) BETA2;
        float c1 = (float) (1 - BETA1);
        float c2 = (float) (1 - BETA2);
        for (int i = 0; i < w.length; i++) {
            m[i] = b1 * m[i] + c1 * g[i];
            v[i] = b2 * v[i] + c2 * g[i] * g[i];
            w[i] -= rate * m[i] / ((float) Math.sqrt(v[i]) + EPSILON);
        }
    }
}
