package io.github.ram.model.ram.engine;

/**
 * A fully connected layer, y = x·W + b, for some rows at a time. The result of a row does not depend on the other rows,
 * not even in its last bit.
 */
interface RowLayer {

    /**
     * y = x·W + b.
     *
     * @param x rows, of which the first n are read [n][in or more]
     * @param y gets the results [n][{@link RowKernels#padded}]; what is behind the layer's outputs is undefined
     * @param groups working memory [n], each of the capacity of the layer's inputs or more
     */
    void apply(float[][] x, int n, float[][] y, RowGroup[] groups);
}
