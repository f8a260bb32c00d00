package io.github.ram.model.ram.rollout;

/**
 * Up to {@value #ROWS} rows of inputs without the elements that are zero in all rows. A product does not read the weights
 * of these elements: about half after a relu, nearly all for an empty background.
 */
final class RowGroup {

    /** The most rows of a group. */
    static final int ROWS = 4;

    private final int[] index;
    private final float[] values;
    private int rows;
    private int size;

    /**
     * Makes an empty group.
     *
     * @param capacity length of the longest row
     */
    RowGroup(int capacity) {
        index = new int[capacity];
        values = new float[ROWS * capacity];
    }

    /** Number of rows. */
    int rows() {
        return rows;
    }

    /** The number of elements that the group keeps from each row. */
    int size() {
        return size;
    }

    /** The positions of the kept elements in a row, in order [size]. */
    int[] index() {
        return index;
    }

    /** The kept elements of all rows [size, rows]. */
    float[] values() {
        return values;
    }

    /**
     * Replaces the rows of the group.
     *
     * @param x the group takes rows [from, from + count)
     * @param count 1, 2 or 4
     * @param length elements of each row
     */
    void load(float[][] x, int from, int count, int length) {
        rows = count;
        size = switch (count) {
            case 1 -> load(x[from], length);
            case 2 -> load(x[from], x[from + 1], length);
            case 4 -> load(x[from], x[from + 1], x[from + 2], x[from + 3], length);
            default -> throw new IllegalArgumentException("count must be 1, 2 or 4, got " + count);
        };
    }

    // The loops have no branch, which the processor would mispredict half of the time. NaN is kept.

    private int load(float[] a, int length) {
        int next = 0;
        for (int i = 0; i < length; i++) {
            index[next] = i;
            values[next] = a[i];
            next += a[i] == 0 ? 0 : 1;
        }
        return next;
    }

    private int load(float[] a, float[] b, int length) {
        int next = 0;
        for (int i = 0; i < length; i++) {
            index[next] = i;
            values[2 * next] = a[i];
            values[2 * next + 1] = b[i];
            next += (bits(a[i]) | bits(b[i])) == 0 ? 0 : 1;
        }
        return next;
    }

    private int load(float[] a, float[] b, float[] c, float[] d, int length) {
        int next = 0;
        for (int i = 0; i < length; i++) {
            index[next] = i;
            values[4 * next] = a[i];
            values[4 * next + 1] = b[i];
            values[4 * next + 2] = c[i];
            values[4 * next + 3] = d[i];
            next += (bits(a[i]) | bits(b[i]) | bits(c[i]) | bits(d[i])) == 0 ? 0 : 1;
        }
        return next;
    }

    /** Returns zero for 0 and −0 only. */
    private static int bits(float x) {
        return Float.floatToRawIntBits(x) << 1;
    }
}
