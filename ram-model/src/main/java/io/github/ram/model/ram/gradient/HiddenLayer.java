package io.github.ram.model.ram.gradient;

import io.github.ram.model.ram.rollout.Matrix;

/**
 * A hidden layer for the steps of n rollouts: forward one step at a time, backward all steps at once.
 *
 * <pre>
 * y = relu(x·W + b)
 * ā = ȳ where y > 0, and 0 elsewhere
 * W̄ = xᵀ·ā
 * b̄ = Σ ā over the rows
 * </pre>
 */
final class HiddenLayer {

    private final LinearLayer layer;
    private final Sequence y;
    private final Sequence dy;
    private final Relu relu;

    HiddenLayer(LinearLayer layer, int steps, int n) {
        this.layer = layer;
        this.y = Sequence.zeros(steps, n, layer.out());
        this.dy = Sequence.zeros(steps, n, layer.out());
        this.relu = new Relu(layer.out());
    }

    /**
     * Returns the output in step t.
     *
     * @param x [n, in]
     * @return y [n, out]
     */
    Matrix forward(int t, Matrix x) {
        layer.apply(x, y.at(t), 0);
        relu.apply(y.at(t), layer.bias());
        return y.at(t);
    }

    /** y [steps·n, out]. */
    Matrix output() {
        return y.all();
    }

    /** ȳ [steps·n, out], the input of {@link #learn}. */
    Matrix gradient() {
        return dy.all();
    }

    /**
     * Adds the gradients of the layer.
     *
     * @param x [steps·n, in]
     */
    void learn(Matrix x) {
        relu.back(y.all(), dy.all(), layer.biasGradient());
        layer.learn(x, dy.all());
    }
}
