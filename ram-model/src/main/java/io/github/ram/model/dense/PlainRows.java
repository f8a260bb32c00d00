package io.github.ram.model.dense;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * A layer in plain loops, one row at a time. The JIT compiler makes vector instructions of these loops. The weights of
 * inputs that are zero are not read.
 *
 * <p>Each output is one chain of fused multiply-adds, the bias and then the inputs in order, as in {@link VectorRows}:
 * both give the same bits. A processor without this instruction rounds each product and each sum.
 *
 * @param weights W [in][out]
 * @param bias b [out]
 * @param relu whether outputs below 0 become 0
 */
record PlainRows(float[][] weights, float[] bias, boolean relu) implements RowLayer {

    /** Whether Java computes {@link Math#fma} by an instruction. Otherwise it is hundreds of times slower. */
    private static final boolean FUSED = isFused();

    PlainRows(Dense layer, boolean relu) {
        this(layer.weights(), layer.bias(), relu);
    }

    private static boolean isFused() {
        try {
            HotSpotDiagnosticMXBean options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return options != null
                    && Boolean.parseBoolean(options.getVMOption("UseFMA").getValue());
        } catch (IllegalArgumentException e) { // a Java without this option
            return false;
        }
    }

    @Override
    public void apply(float[][] x, int n, float[][] y, RowGroup[] groups) {
        for (int i = 0; i < n; i++) {
            groups[0].load(x, i, 1, weights.length);
            apply(groups[0], y[i]);
        }
    }

    /** Computes the only row of a group. */
    void apply(RowGroup row, float[] y) {
        int out = bias.length;
        System.arraycopy(bias, 0, y, 0, out);
        int[] index = row.index();
        float[] x = row.values();
        int size = row.size();
        int i = 0;
        for (; i <= size - 4; i += 4) {
            float[] w0 = weights[index[i]];
            float[] w1 = weights[index[i + 1]];
            float[] w2 = weights[index[i + 2]];
            float[] w3 = weights[index[i + 3]];
            if (FUSED) {
                addFused(x[i], w0, x[i + 1], w1, x[i + 2], w2, x[i + 3], w3, y, out);
            } else {
                add(x[i], w0, x[i + 1], w1, x[i + 2], w2, x[i + 3], w3, y, out);
            }
        }
        for (; i < size; i++) {
            if (FUSED) {
                addFused(x[i], weights[index[i]], y, out);
            } else {
                add(x[i], weights[index[i]], y, out);
            }
        }
        if (relu) {
            rectify(y, out);
        }
    }

    private static void rectify(float[] y, int n) {
        for (int j = 0; j < n; j++) {
            y[j] = Math.max(0, y[j]);
        }
    }

    /**
     * Adds the products of four inputs, so that y is read and written once. The compiler of JDK 17 makes no vector
     * instructions of a loop over more inputs.
     */
    private static void addFused(
            float x0, float[] w0, float x1, float[] w1, float x2, float[] w2, float x3, float[] w3, float[] y, int n) {
        for (int j = 0; j < n; j++) {
            y[j] = Math.fma(x3, w3[j], Math.fma(x2, w2[j], Math.fma(x1, w1[j], Math.fma(x0, w0[j], y[j]))));
        }
    }

    private static void addFused(float x, float[] w, float[] y, int n) {
        for (int j = 0; j < n; j++) {
            y[j] = Math.fma(x, w[j], y[j]);
        }
    }

    private static void add(
            float x0, float[] w0, float x1, float[] w1, float x2, float[] w2, float x3, float[] w3, float[] y, int n) {
        for (int j = 0; j < n; j++) {
            y[j] += x0 * w0[j] + x1 * w1[j] + x2 * w2[j] + x3 * w3[j];
        }
    }

    private static void add(float x, float[] w, float[] y, int n) {
        for (int j = 0; j < n; j++) {
            y[j] += x * w[j];
        }
    }
}
