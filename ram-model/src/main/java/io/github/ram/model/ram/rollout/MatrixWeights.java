package io.github.ram.model.ram.rollout;

import io.github.ram.model.dense.Dense;

/**
 * The layers of {@link DenseWeights} in native memory, for {@link MatrixRollout}.
 *
 * @param what [P, patch]
 * @param where [2, location]
 * @param glimpse [patch + location, glimpse]
 * @param core [core + glimpse, core], or [core + glimpse, 4·core] for an LSTM
 * @param input rows of {@code core} for the glimpse [glimpse, core], or [glimpse, 4·core] for an LSTM
 * @param locator [core, locator]
 * @param mean [locator, 2]
 * @param action [core, classes]
 */
public record MatrixWeights(
        Affine what,
        Affine where,
        Affine glimpse,
        Affine core,
        Affine input,
        Affine locator,
        Affine mean,
        Affine action) {

    /** Copies weights to native memory. */
    public static MatrixWeights of(DenseWeights weights) {
        Affine core = Affine.of(weights.core());
        int glimpse = weights.glimpse().out();
        int state = core.weights().rows() - glimpse;
        return new MatrixWeights(
                Affine.of(weights.what()),
                Affine.of(weights.where()),
                Affine.of(weights.glimpse()),
                core,
                new Affine(core.weights().rows(state, glimpse), core.bias()),
                Affine.of(weights.locator()),
                Affine.of(weights.mean()),
                Affine.of(weights.action()));
    }

    /**
     * A fully connected layer.
     *
     * @param weights W [in, out]
     * @param bias b [out], which {@link #read} adds to a row
     */
    record Affine(Matrix weights, float[] bias) {

        private static Affine of(Dense dense) {
            Matrix weights = Matrix.zeros(dense.weights().length, dense.out());
            for (int i = 0; i < dense.weights().length; i++) {
                weights.put(i, dense.weights()[i]);
            }
            return new Affine(weights, dense.bias());
        }

        /**
         * y = x·W for n rows, without the bias.
         *
         * @param x [n or more, in]
         * @param y [n or more, out]
         */
        void product(int n, Matrix x, Matrix y) {
            y.product(n, x, weights);
        }

        /**
         * Reads a row of a product and adds the bias.
         *
         * @param to receives x·W + b [out]
         */
        void read(Matrix product, int row, float[] to) {
            product.get(row, to);
            for (int j = 0; j < bias.length; j++) {
                to[j] += bias[j];
            }
        }

        /** y = relu(x·W + b) for n rows, with working memory for one row [out or more]. */
        void rectified(int n, Matrix x, Matrix y, float[] row) {
            product(n, x, y);
            y.rectify(n, bias, row);
        }
    }
}
