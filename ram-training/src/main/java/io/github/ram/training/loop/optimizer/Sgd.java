package io.github.ram.training.loop.optimizer;

/**
 * Stochastic gradient descent with momentum (Polyak, 1964), in PyTorch's form: v ← μ·v + g, w ← w − α·v.
 *
 * @param momentum μ, in [0, 1)
 */
record Sgd(double momentum) implements Optimizer.UpdateRule {

    @Override
    public int moments() {
        return 1;
    }

    @Override
    public void update(float[] w, float[] g, float[][] moments, double learningRate, int step) {
        float[] v = moments[0];
        float mu = (float) momentum;
        float rate = (float) learningRate;
        for (int i = 0; i < w.length; i++) {
            v[i] = mu * v[i] + g[i];
            w[i] -= rate * v[i];
        }
    }
}
