package io.github.ram.model.dense;

import java.util.Arrays;

/**
 * A group of rows of inputs, and the elements that are not zero in all rows. A product does not read the weights of the
 * other elements: about half of them after a relu, nearly all for an empty background.
 */
public final class RowGroup {

    /** The most rows of a group. */
    public static final int ROWS = 8;

    private final int[] index;
    private final float[] values;
    private final float[] sums; // of absolute values, over the rows
    private int rows;
    private int size;

    /**
     * Makes an empty group.
     *
     * @param rows the most rows that it takes, at most {@value #ROWS}
     * @param capacity length of the longest row
     */
    public RowGroup(int rows, int capacity) {
        index = new int[capacity];
        values = new float[rows * capacity];
        sums = new float[capacity];
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
     * @param count 1, 2, 4 or 8
     * @param length elements of each row
     */
    void load(float[][] x, int from, int count, int length) {
        rows = count;
        if (count == 1) {
            size = keep(x[from], length);
        } else if (count == 2) {
            size = keep(x[from], x[from + 1], length);
        } else {
            Arrays.fill(sums, 0, length, 0);
            for (int row = from; row < from + count; row += 4) {
                add(x[row], x[row + 1], x[row + 2], x[row + 3], sums, length);
            }
            size = keep(sums, length); // the values of this group follow
            for (int row = 0; row < count; row += 4) {
                copy(x[from + row], x[from + row + 1], x[from + row + 2], x[from + row + 3], row, count);
            }
        }
    }

    /** Adds the absolute values of four rows. NaN stays NaN, and no sum of other values than zeros is zero. */
    private static void add(float[] a, float[] b, float[] c, float[] d, float[] sums, int length) {
        for (int i = 0; i < length; i++) {
            sums[i] += Math.abs(a[i]) + Math.abs(b[i]) + Math.abs(c[i]) + Math.abs(d[i]);
        }
    }

    private void copy(float[] a, float[] b, float[] c, float[] d, int at, int stride) {
        int to = at;
        for (int i = 0; i < size; i++) {
            int k = index[i];
            values[to] = a[k];
            values[to + 1] = b[k];
            values[to + 2] = c[k];
            values[to + 3] = d[k];
            to += stride;
        }
    }

    // The loops have no branch, which the processor would mispredict half of the time. NaN is kept.

    private int keep(float[] a, int length) {
        int next = 0;
        for (int i = 0; i < length; i++) {
            index[next] = i;
            values[next] = a[i];
            next += a[i] == 0 ? 0 : 1;
        }
        return next;
    }

    private int keep(float[] a, float[] b, int length) {
        int next = 0;
        for (int i = 0; i < length; i++) {
            index[next] = i;
            values[2 * next] = a[i];
            values[2 * next + 1] = b[i];
            next += (bits(a[i]) | bits(b[i])) == 0 ? 0 : 1;
        }
        return next;
    }

    /** Returns zero for 0 and −0 only. */
    private static int bits(float x) {
        return Float.floatToRawIntBits(x) << 1;
    }
}
