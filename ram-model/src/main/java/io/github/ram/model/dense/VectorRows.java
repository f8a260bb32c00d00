package io.github.ram.model.dense;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A layer by the Vector API. The weights are packed once into panels as wide as two vectors. Two, four or eight rows
 * share each load of weights, and eight or sixteen sums stay in registers.
 *
 * <p>The kernels for two, four and eight rows repeat their lines, because only local variables stay in registers.
 *
 * <p>Each output is one chain of fused multiply-adds: the bias, then the inputs in order. A group includes zeros that a
 * single row skips. Adding 0·w changes no bit, so all kernels give the same bits.
 */
final class VectorRows implements RowLayer {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int WIDTH = 2 * LANES; // columns of a panel

    /** Whether eight rows fit in the registers: AVX-512 and ARM have 32, AVX2 has 16. */
    private static final boolean EIGHT =
            LANES >= 16 || System.getProperty("os.arch").equals("aarch64");

    private final int in;
    private final int count; // panels that hold outputs
    private final float[]
            panels; // [count, in, WIDTH], one panel more if the count is odd, zeros behind the last column
    private final PlainRows single; // the same layer for a single row
    private final float[] bias; // as many panels of [WIDTH]
    private final float least;

    VectorRows(Dense layer, boolean relu) {
        float[][] weights = layer.weights();
        single = new PlainRows(layer, relu);
        least = relu ? 0 : Float.NEGATIVE_INFINITY;
        int out = layer.bias().length;
        in = weights.length;
        count = (out + WIDTH - 1) / WIDTH;
        int even = (count + 1) / 2 * 2; // two rows take two panels at a time
        panels = new float[even * in * WIDTH];
        bias = new float[even * WIDTH];
        System.arraycopy(layer.bias(), 0, bias, 0, out);
        for (int p = 0; p < count; p++) {
            for (int i = 0; i < in; i++) {
                System.arraycopy(weights[i], p * WIDTH, panels, (p * in + i) * WIDTH, Math.min(WIDTH, out - p * WIDTH));
            }
        }
    }

    /** Whether the machine has vectors of AVX2's width or more, or those of ARM. All these have fused multiply-adds. */
    static boolean isFast() {
        return LANES >= 8 || System.getProperty("os.arch").equals("aarch64");
    }

    /** Returns the width of the vectors in bits. */
    static int bits() {
        return SPECIES.vectorBitSize();
    }

    @Override
    public void apply(float[][] x, int n, float[][] y, RowGroup[] groups) {
        int used = 0;
        for (int row = 0; row < n; row += groups[used++].rows()) {
            groups[used].load(x, row, rows(n - row), in);
        }
        for (int p = 0; p < count; p++) { // a panel stays in the nearest cache for all groups
            int row = 0;
            for (int g = 0; g < used; g++) {
                RowGroup group = groups[g];
                switch (group.rows()) {
                    case 8 -> eightRows(group, p, y, row);
                    case 4 -> fourRows(group, p, y, row);
                    case 2 -> {
                        if (p % 2 == 0) {
                            twoRows(group, p, y[row], y[row + 1]);
                        }
                    }
                    default -> {
                        if (p == 0) {
                            single.apply(group, y[row]); // whole rows of W, which the processor prefetches well
                        }
                    }
                }
                row += group.rows();
            }
        }
    }

    /** Returns the number of rows of the next group. */
    private static int rows(int left) {
        if (EIGHT && left >= 8) {
            return 8;
        }
        return left >= 4 ? 4 : left >= 2 ? 2 : 1;
    }

    private static FloatVector load(float[] from, int at) {
        return FloatVector.fromArray(SPECIES, from, at);
    }

    private void eightRows(RowGroup group, int p, float[][] y, int row) {
        float[] x = group.values();
        int[] index = group.index();
        int size = group.size();
        int first = p * in * WIDTH;
        int to = p * WIDTH;
        FloatVector b0 = load(bias, to);
        FloatVector b1 = load(bias, to + LANES);
        FloatVector s00 = b0;
        FloatVector s01 = b1;
        FloatVector s10 = b0;
        FloatVector s11 = b1;
        FloatVector s20 = b0;
        FloatVector s21 = b1;
        FloatVector s30 = b0;
        FloatVector s31 = b1;
        FloatVector s40 = b0;
        FloatVector s41 = b1;
        FloatVector s50 = b0;
        FloatVector s51 = b1;
        FloatVector s60 = b0;
        FloatVector s61 = b1;
        FloatVector s70 = b0;
        FloatVector s71 = b1;
        for (int i = 0; i < size; i++) {
            int at = first + index[i] * WIDTH;
            FloatVector w0 = load(panels, at);
            FloatVector w1 = load(panels, at + LANES);
            FloatVector v = FloatVector.broadcast(SPECIES, x[8 * i]);
            s00 = v.fma(w0, s00);
            s01 = v.fma(w1, s01);
            v = FloatVector.broadcast(SPECIES, x[8 * i + 1]);
            s10 = v.fma(w0, s10);
            s11 = v.fma(w1, s11);
            v = FloatVector.broadcast(SPECIES, x[8 * i + 2]);
            s20 = v.fma(w0, s20);
            s21 = v.fma(w1, s21);
            v = FloatVector.broadcast(SPECIES, x[8 * i + 3]);
            s30 = v.fma(w0, s30);
            s31 = v.fma(w1, s31);
            v = FloatVector.broadcast(SPECIES, x[8 * i + 4]);
            s40 = v.fma(w0, s40);
            s41 = v.fma(w1, s41);
            v = FloatVector.broadcast(SPECIES, x[8 * i + 5]);
            s50 = v.fma(w0, s50);
            s51 = v.fma(w1, s51);
            v = FloatVector.broadcast(SPECIES, x[8 * i + 6]);
            s60 = v.fma(w0, s60);
            s61 = v.fma(w1, s61);
            v = FloatVector.broadcast(SPECIES, x[8 * i + 7]);
            s70 = v.fma(w0, s70);
            s71 = v.fma(w1, s71);
        }
        s00.max(least).intoArray(y[row], to);
        s01.max(least).intoArray(y[row], to + LANES);
        s10.max(least).intoArray(y[row + 1], to);
        s11.max(least).intoArray(y[row + 1], to + LANES);
        s20.max(least).intoArray(y[row + 2], to);
        s21.max(least).intoArray(y[row + 2], to + LANES);
        s30.max(least).intoArray(y[row + 3], to);
        s31.max(least).intoArray(y[row + 3], to + LANES);
        s40.max(least).intoArray(y[row + 4], to);
        s41.max(least).intoArray(y[row + 4], to + LANES);
        s50.max(least).intoArray(y[row + 5], to);
        s51.max(least).intoArray(y[row + 5], to + LANES);
        s60.max(least).intoArray(y[row + 6], to);
        s61.max(least).intoArray(y[row + 6], to + LANES);
        s70.max(least).intoArray(y[row + 7], to);
        s71.max(least).intoArray(y[row + 7], to + LANES);
    }

    private void fourRows(RowGroup group, int p, float[][] y, int row) {
        float[] x = group.values();
        int[] index = group.index();
        int size = group.size();
        int first = p * in * WIDTH;
        int to = p * WIDTH;
        FloatVector b0 = load(bias, to);
        FloatVector b1 = load(bias, to + LANES);
        FloatVector s00 = b0;
        FloatVector s01 = b1;
        FloatVector s10 = b0;
        FloatVector s11 = b1;
        FloatVector s20 = b0;
        FloatVector s21 = b1;
        FloatVector s30 = b0;
        FloatVector s31 = b1;
        for (int i = 0; i < size; i++) {
            int at = first + index[i] * WIDTH;
            FloatVector w0 = load(panels, at);
            FloatVector w1 = load(panels, at + LANES);
            FloatVector v = FloatVector.broadcast(SPECIES, x[4 * i]);
            s00 = v.fma(w0, s00);
            s01 = v.fma(w1, s01);
            v = FloatVector.broadcast(SPECIES, x[4 * i + 1]);
            s10 = v.fma(w0, s10);
            s11 = v.fma(w1, s11);
            v = FloatVector.broadcast(SPECIES, x[4 * i + 2]);
            s20 = v.fma(w0, s20);
            s21 = v.fma(w1, s21);
            v = FloatVector.broadcast(SPECIES, x[4 * i + 3]);
            s30 = v.fma(w0, s30);
            s31 = v.fma(w1, s31);
        }
        s00.max(least).intoArray(y[row], to);
        s01.max(least).intoArray(y[row], to + LANES);
        s10.max(least).intoArray(y[row + 1], to);
        s11.max(least).intoArray(y[row + 1], to + LANES);
        s20.max(least).intoArray(y[row + 2], to);
        s21.max(least).intoArray(y[row + 2], to + LANES);
        s30.max(least).intoArray(y[row + 3], to);
        s31.max(least).intoArray(y[row + 3], to + LANES);
    }

    private void twoRows(RowGroup group, int p, float[] y0, float[] y1) {
        float[] x = group.values();
        int[] index = group.index();
        int size = group.size();
        int first = p * in * WIDTH;
        int second = first + in * WIDTH;
        int to = p * WIDTH;
        FloatVector s00 = load(bias, to);
        FloatVector s01 = load(bias, to + LANES);
        FloatVector s02 = load(bias, to + 2 * LANES);
        FloatVector s03 = load(bias, to + 3 * LANES);
        FloatVector s10 = s00;
        FloatVector s11 = s01;
        FloatVector s12 = s02;
        FloatVector s13 = s03;
        for (int i = 0; i < size; i++) {
            int at = index[i] * WIDTH;
            FloatVector u = FloatVector.broadcast(SPECIES, x[2 * i]);
            FloatVector v = FloatVector.broadcast(SPECIES, x[2 * i + 1]);
            FloatVector w = load(panels, first + at);
            s00 = u.fma(w, s00);
            s10 = v.fma(w, s10);
            w = load(panels, first + at + LANES);
            s01 = u.fma(w, s01);
            s11 = v.fma(w, s11);
            w = load(panels, second + at);
            s02 = u.fma(w, s02);
            s12 = v.fma(w, s12);
            w = load(panels, second + at + LANES);
            s03 = u.fma(w, s03);
            s13 = v.fma(w, s13);
        }
        s00.max(least).intoArray(y0, to);
        s01.max(least).intoArray(y0, to + LANES);
        s02.max(least).intoArray(y0, to + 2 * LANES);
        s03.max(least).intoArray(y0, to + 3 * LANES);
        s10.max(least).intoArray(y1, to);
        s11.max(least).intoArray(y1, to + LANES);
        s12.max(least).intoArray(y1, to + 2 * LANES);
        s13.max(least).intoArray(y1, to + 3 * LANES);
    }
}
