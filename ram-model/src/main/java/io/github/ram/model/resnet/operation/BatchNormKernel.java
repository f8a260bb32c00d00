package io.github.ram.model.resnet.operation;

import io.github.ram.model.graph.Floats;
import io.github.ram.model.resnet.network.BatchNorm;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The loops of batch normalisation over rows of values: [rows, features, inner].
 *
 * <p>Each loop runs over a whole row with one coefficient a value, in arrays, because the JIT compiler makes vector
 * instructions of that. Values of one feature meet only in sums of double precision.
 */
final class BatchNormKernel {

    /** Rows whose sums are kept in single precision. */
    private static final int FLUSH = 64;

    private final int rows;
    private final int features;
    private final int inner;
    private final int width;

    /** For arrays [rows, features, inner]. */
    BatchNormKernel(long rows, long features, long inner) {
        this.rows = Math.toIntExact(rows);
        this.features = Math.toIntExact(features);
        this.inner = Math.toIntExact(inner);
        this.width = Math.toIntExact(features * inner);
    }

    /** Values of one feature in a batch. */
    long count() {
        return (long) rows * inner;
    }

    /**
     * Mean and variance of each feature, the latter divided by the count.
     *
     * <p>Each place in a row has its sums, of differences from the first row, so that a mean far from 0 costs no
     * precision.
     */
    void statistics(INDArray x, float[] mean, float[] variance) {
        FloatBuffer in = Floats.read(x);
        float[] first = new float[width];
        in.get(0, first);
        float[] row = new float[width];
        float[] sum = new float[width];
        float[] squares = new float[width];
        double[] total = new double[width];
        double[] totalSquares = new double[width];
        for (int r = 0; r < rows; r++) {
            in.get(r * width, row);
            accumulate(row, first, sum, squares);
            if ((r + 1) % FLUSH == 0 || r == rows - 1) {
                flush(sum, total);
                flush(squares, totalSquares);
            }
        }
        for (int f = 0; f < features; f++) {
            double m = 0;
            for (int i = f * inner; i < (f + 1) * inner; i++) {
                m += first[i] + total[i] / rows;
            }
            m /= inner;
            double deviations = 0;
            for (int i = f * inner; i < (f + 1) * inner; i++) {
                double off = first[i] - m; // Σ(x − m)² = Σ(x − first)² + 2·off·Σ(x − first) + rows·off²
                deviations += totalSquares[i] + 2 * off * total[i] + rows * off * off;
            }
            mean[f] = (float) m;
            variance[f] = (float) Math.max(0, deviations / count());
        }
    }

    private static void accumulate(float[] row, float[] first, float[] sum, float[] squares) {
        for (int i = 0; i < row.length; i++) {
            float d = row[i] - first[i];
            sum[i] += d;
            squares[i] += d * d;
        }
    }

    private static void flush(float[] sum, double[] total) {
        for (int i = 0; i < sum.length; i++) {
            total[i] += sum[i];
            sum[i] = 0;
        }
    }

    /** y = scale·(x − mean) + shift, with one of each a feature; relu of it if wanted. */
    void apply(INDArray x, INDArray y, float[] scale, float[] mean, float[] shift, boolean relu) {
        FloatBuffer in = Floats.read(x);
        float[] scales = spread(scale);
        float[] means = spread(mean);
        float[] shifts = spread(shift);
        float[] row = new float[width];
        Floats.write(y, out -> {
            for (int r = 0; r < rows; r++) {
                in.get(r * width, row);
                affine(row, scales, means, shifts);
                if (relu) {
                    Relu.of(row);
                }
                out.put(r * width, row);
            }
        });
    }

    private static void affine(float[] row, float[] scales, float[] means, float[] shifts) {
        for (int i = 0; i < row.length; i++) {
            row[i] = (row[i] - means[i]) * scales[i] + shifts[i];
        }
    }

    /**
     * The gradients of batch normalisation, with statistics of the batch: with x̂ = k·(x − mean), k = 1/√(σ² + ε) and M
     * values a feature, dβ = Σdy, dγ = Σdy·x̂, dx = γk·(dy − dβ/M − x̂·dγ/M).
     *
     * @param y the result if it was relu's, which passes no gradient where it is 0; null otherwise
     */
    void gradient(Gradient g, INDArray x, INDArray y, INDArray dy, INDArray dx) {
        FloatBuffer in = Floats.read(x);
        FloatBuffer out = y == null ? null : Floats.read(y);
        FloatBuffer down = Floats.read(dy);
        float[] means = spread(g.mean);
        float[] row = new float[width];
        float[] result = new float[width];
        float[] gradient = new float[width];
        float[] sum = new float[width];
        float[] products = new float[width];
        double[] total = new double[width];
        double[] totalProducts = new double[width];
        for (int r = 0; r < rows; r++) {
            in.get(r * width, row);
            masked(r, down, out, gradient, result);
            multiply(gradient, row, means, sum, products);
            if ((r + 1) % FLUSH == 0 || r == rows - 1) {
                flush(sum, total);
                flush(products, totalProducts);
            }
        }
        float[] a = new float[features];
        float[] b = new float[features];
        float[] c = new float[features];
        for (int f = 0; f < features; f++) {
            double dBeta = 0;
            double dGamma = 0;
            for (int i = f * inner; i < (f + 1) * inner; i++) {
                dBeta += total[i];
                dGamma += totalProducts[i];
            }
            double k = 1 / Math.sqrt(g.variance[f] + BatchNorm.EPSILON);
            dGamma *= k;
            g.dGamma[f] = (float) dGamma;
            g.dBeta[f] = (float) dBeta;
            a[f] = (float) (g.gamma[f] * k);
            b[f] = (float) (-g.gamma[f] * k * k * dGamma / count());
            c[f] = (float) (-g.gamma[f] * k * dBeta / count());
        }
        float[] as = spread(a);
        float[] bs = spread(b);
        float[] cs = spread(c);
        Floats.write(dx, to -> {
            for (int r = 0; r < rows; r++) {
                in.get(r * width, row);
                masked(r, down, out, gradient, result);
                combine(row, means, gradient, as, bs, cs);
                to.put(r * width, row);
            }
        });
    }

    /** Fills a row of dy, with zeros where relu's result is 0. */
    private void masked(int r, FloatBuffer down, FloatBuffer out, float[] gradient, float[] result) {
        down.get(r * width, gradient);
        if (out != null) {
            out.get(r * width, result);
            Relu.mask(gradient, result);
        }
    }

    private static void multiply(float[] dy, float[] x, float[] means, float[] sum, float[] products) {
        for (int i = 0; i < dy.length; i++) {
            sum[i] += dy[i];
            products[i] += dy[i] * (x[i] - means[i]);
        }
    }

    private static void combine(float[] row, float[] means, float[] dy, float[] a, float[] b, float[] c) {
        for (int i = 0; i < row.length; i++) {
            row[i] = a[i] * dy[i] + b[i] * (row[i] - means[i]) + c[i];
        }
    }

    /** One value a feature, repeated for each of its places in a row. */
    private float[] spread(float[] values) {
        if (inner == 1) {
            return values;
        }
        float[] spread = new float[width];
        for (int f = 0; f < features; f++) {
            Arrays.fill(spread, f * inner, (f + 1) * inner, values[f]);
        }
        return spread;
    }

    /** What a gradient is computed from and, of γ and β, put into; each [features]. */
    record Gradient(float[] gamma, float[] mean, float[] variance, float[] dGamma, float[] dBeta) {}
}
