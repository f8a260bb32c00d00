package io.github.ram.model.image.digit;

import java.util.Arrays;

/**
 * What a digit is drawn on, as evenly or unevenly lit as it is: a quadratic surface through each colour,
 * fitted to what lies around the picture's border and then to all that is like it. What is unlike it, the
 * ink, counts for next to nothing (weights of Geman and McClure).
 */
final class Background {

    /** Points a side that the surface is fitted to, at most. */
    private static final int GRID = 64;

    private static final int TERMS = 6;
    private static final int ROUNDS = 8;

    /** Of the rounds, the first, on the border alone: a digit that fills the picture must not draw the surface. */
    private static final int BORDER_ROUNDS = 6;

    /** Shades by which paper differs from its surface at least, however clean the picture. */
    private static final double LEAST_SCALE = 4;

    private final int width;
    private final int height;
    private final float[][] rgb;
    private final int stride;
    private final double[][] surfaces = new double[3][];

    private Background(float[][] rgb, int width, int height) {
        this.rgb = rgb;
        this.width = width;
        this.height = height;
        this.stride = (Math.max(width, height) + GRID - 1) / GRID;
    }

    /**
     * Takes the paper away.
     *
     * @param rgb colours of the picture [3][width · height]; how each differs from the paper's is left
     * @return the paper's noise: what its pixels differ by from its surface, in shades (σ, if they do so
     *     normally)
     */
    static double remove(float[][] rgb, int width, int height) {
        Background paper = new Background(rgb, width, height);
        paper.start();
        for (int round = 0; round < ROUNDS; round++) {
            paper.fit(Math.max(LEAST_SCALE, paper.scale()), round < BORDER_ROUNDS);
        }
        double noise = paper.scale();
        double[] terms = new double[TERMS];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                paper.terms(x, y, terms);
                for (int c = 0; c < 3; c++) {
                    rgb[c][y * width + x] -= (float) dot(paper.surfaces[c], terms);
                }
            }
        }
        return noise;
    }

    /** A level surface at the median of the border's pixels. */
    private void start() {
        double[] values = new double[GRID * GRID];
        for (int c = 0; c < 3; c++) {
            int n = 0;
            for (int y = 0; y < height; y += stride) {
                for (int x = 0; x < width; x += stride) {
                    if (isBorder(x, y)) {
                        values[n++] = rgb[c][y * width + x];
                    }
                }
            }
            Arrays.sort(values, 0, n);
            surfaces[c] = new double[] {values[n / 2], 0, 0, 0, 0, 0};
        }
    }

    /** How far the border's pixels are from the surface: 1.4826 · their median, σ if they are normal. */
    private double scale() {
        double[] distances = new double[GRID * GRID];
        double[] terms = new double[TERMS];
        int n = 0;
        for (int y = 0; y < height; y += stride) {
            for (int x = 0; x < width; x += stride) {
                if (isBorder(x, y)) {
                    terms(x, y, terms);
                    distances[n++] = distance(x, y, terms);
                }
            }
        }
        Arrays.sort(distances, 0, n);
        return 1.4826 * distances[n / 2];
    }

    /**
     * Fits the surface anew by weighted least squares.
     *
     * @param scale distance, in shades, at which a pixel begins to count less
     * @param borderOnly whether only the border's pixels count
     */
    private void fit(double scale, boolean borderOnly) {
        double[][] normal = new double[TERMS][TERMS];
        double[][] sums = new double[3][TERMS];
        double[] terms = new double[TERMS];
        for (int y = 0; y < height; y += stride) {
            for (int x = 0; x < width; x += stride) {
                if (borderOnly && !isBorder(x, y)) {
                    continue;
                }
                terms(x, y, terms);
                double weight = weight(distance(x, y, terms) / (3 * scale));
                for (int i = 0; i < TERMS; i++) {
                    for (int j = 0; j < TERMS; j++) {
                        normal[i][j] += weight * terms[i] * terms[j];
                    }
                    for (int c = 0; c < 3; c++) {
                        sums[c][i] += weight * terms[i] * rgb[c][y * width + x];
                    }
                }
            }
        }
        for (int i = 0; i < TERMS; i++) { // a picture too narrow to tell x from x² has a solution all the same
            normal[i][i] += 1e-6 * normal[0][0];
        }
        double[][] factor = Cholesky.factor(normal);
        for (int c = 0; c < 3; c++) {
            surfaces[c] = Cholesky.solve(factor, sums[c]);
        }
    }

    private static double weight(double distance) {
        double denominator = 1 + distance * distance;
        return 1 / (denominator * denominator);
    }

    private double distance(int x, int y, double[] terms) {
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            double difference = rgb[c][y * width + x] - dot(surfaces[c], terms);
            sum += difference * difference;
        }
        return Math.sqrt(sum / 3);
    }

    /** Within a sixteenth of the picture's sides, and a grid point, of the edge. */
    private boolean isBorder(int x, int y) {
        int acrossX = Math.max(width / 32, stride);
        int acrossY = Math.max(height / 32, stride);
        return x < acrossX || y < acrossY || x >= width - acrossX || y >= height - acrossY;
    }

    /** 1, x, y, x², xy, y², with x and y in [-1, 1]. */
    private void terms(int x, int y, double[] terms) {
        double u = (2.0 * x + 1) / width - 1;
        double v = (2.0 * y + 1) / height - 1;
        terms[0] = 1;
        terms[1] = u;
        terms[2] = v;
        terms[3] = u * u;
        terms[4] = u * v;
        terms[5] = v * v;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
