package io.github.ram.model.ram.rollout;

/**
 * A fully connected layer, y = x·W + b or y = relu(x·W + b), for several rows. The result of a row does not depend on the
 * other rows, not even in its last bit.
 */
interface RowLayer {

    /**
     * Computes y.
     *
     * @param x inputs [n or more][in or more]
     * @param y receives the results [n][{@link RowKernels#padded}]; elements behind the outputs are undefined
     * @param groups working memory [n], each with the capacity for the layer's inputs
     */
    void apply(float[][] x, int n, float[][] y, RowGroup[] groups);
}
