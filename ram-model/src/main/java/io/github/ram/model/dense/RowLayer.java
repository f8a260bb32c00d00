package io.github.ram.model.dense;

/**
 * A fully connected layer, y = x·W + b or y = relu(x·W + b), for several rows. The result of a row does not depend on the
 * other rows, not even in its last bit.
 */
public interface RowLayer {

    /**
     * Computes y.
     *
     * @param x inputs [n or more][in or more]
     * @param y receives the results [n][{@link RowKernels#padded}]; elements behind the outputs are undefined
     * @param groups working memory [n], each with the capacity for the layer's inputs and for {@value RowGroup#ROWS} rows, or
     *     for n if n is smaller; for up to {@value RowGroup#ROWS} rows three groups are enough
     */
    void apply(float[][] x, int n, float[][] y, RowGroup[] groups);
}
