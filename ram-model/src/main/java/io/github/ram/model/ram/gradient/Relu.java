package io.github.ram.model.ram.gradient;

import io.github.ram.model.ram.rollout.Matrix;

/**
 * The relu of matrices of one width, and its gradient:
 *
 * <pre>
 * y = relu(x + b)
 * x̄ = ȳ where y > 0, and 0 elsewhere
 * b̄ = Σ x̄ over the rows
 * </pre>
 */
final class Relu {

    /** A factor that makes every positive float at least 1, except denormal floats below 1e-38. */
    private static final float HUGE = 1e38f;

    private final float[] y;
    private final float[] dy;

    Relu(int width) {
        y = new float[width];
        dy = new float[width];
    }

    /** y ← relu(y + b). */
    void apply(Matrix matrix, float[] bias) {
        matrix.rectify(matrix.rows(), bias, y);
    }

    /**
     * ȳ ← x̄, and b̄ ← b̄ + Σ x̄.
     *
     * @param output y
     * @param gradient ȳ, overwritten
     */
    void back(Matrix output, Matrix gradient, float[] biasGradient) {
        for (int row = 0; row < output.rows(); row++) {
            output.get(row, y);
            gradient.get(row, dy);
            mask(y, dy, biasGradient);
            gradient.put(row, dy);
        }
    }

    /** Multiplies by min(1, y·HUGE), which is 1 or 0. A comparison would prevent vector instructions. */
    private static void mask(float[] y, float[] dy, float[] sum) {
        for (int j = 0; j < y.length; j++) {
            float d = dy[j] * Math.min(1, y[j] * HUGE);
            dy[j] = d;
            sum[j] += d;
        }
    }
}
