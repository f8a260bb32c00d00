package io.github.ram.model.ram.engine;

/**
 * A vector by its elements that are not zero, in order. A relu leaves about half of them, an empty background hardly
 * any, and a product need not read the weights of the others.
 */
final class Sparse {

    private final int[] index;
    private final float[] value;
    private int size;

    /**
     * An empty vector.
     *
     * @param capacity length of the vector, and so the most elements it can hold
     */
    Sparse(int capacity) {
        index = new int[capacity];
        value = new float[capacity];
    }

    /** Elements that are not zero. */
    int size() {
        return size;
    }

    /** Where in the vector element i of them is. */
    int index(int i) {
        return index[i];
    }

    /** Element i of them. */
    float value(int i) {
        return value[i];
    }

    /** Makes all elements zero. */
    void clear() {
        size = 0;
    }

    /**
     * Appends relu(x).
     *
     * @param x [length]
     * @param offset where in this vector x begins; behind everything it holds
     */
    void addRelu(float[] x, int length, int offset) {
        int next = size;
        for (int i = 0; i < length; i++) {
            float xi = x[i];
            index[next] = offset + i;
            value[next] = xi;
            next += xi <= 0 ? 0 : 1; // without a branch, which would be mispredicted half of the time; NaN stays
        }
        size = next;
    }

    /**
     * Appends x − origin.
     *
     * @param x elements [from, from + length) of this array
     * @param offset where in this vector x begins; behind everything it holds
     */
    void addDifference(float[] x, int from, int length, float origin, int offset) {
        int next = size;
        for (int i = 0; i < length; i++) {
            float difference = x[from + i] - origin;
            index[next] = offset + i;
            value[next] = difference;
            next += difference == 0 ? 0 : 1;
        }
        size = next;
    }

    /**
     * Appends x as it is.
     *
     * @param x elements [from, from + length) of this array
     * @param offset where in this vector x begins; behind everything it holds
     */
    void addAll(float[] x, int from, int length, int offset) {
        for (int i = 0; i < length; i++) {
            index[size + i] = offset + i;
            value[size + i] = x[from + i];
        }
        size += length;
    }
}
