package io.github.ram.model.image.digit;

import io.github.ram.model.image.digit.background.Luma;

/**
 * How much each pixel stands out from the background, along the axis of colour in which the pixels differ most:
 * blue ink on yellow paper stands out by its blueness.
 *
 * @param values [width · height], positive for ink, in shades of 255, the mean of the colours concerned
 * @param noise the deviation of the background from itself, σ in shades
 * @param ink the contrast of ink: the mean over the pixels of more than half that contrast
 * @param lighter whether the ink is lighter than the background
 */
record InkContrast(float[] values, double noise, double ink, boolean lighter) {

    /** The share of pixels that even a small digit covers: one of so many. */
    private static final int SMALL = 4000;

    private static final int ROUNDS = 50;

    /**
     * The contrast of a picture.
     *
     * @param differences of its pixels from the background, by colour [3][width · height]
     */
    static InkContrast of(float[][] differences, double noise) {
        double[] axis = axis(differences);
        int n = differences[0].length;
        float[] values = new float[n];
        double cubes = 0;
        for (int i = 0; i < n; i++) {
            double value = axis[0] * differences[0][i] + axis[1] * differences[1][i] + axis[2] * differences[2][i];
            values[i] = (float) value;
            cubes += value * value * value;
        }
        int sign = cubes < 0 ? -1 : 1; // ink is the few pixels far from the background
        for (int i = 0; i < n; i++) {
            values[i] *= sign;
        }
        double ink = quantile(values);
        for (int round = 0; round < 3; round++) {
            ink = meanAbove(values, ink / 2);
        }
        double luma = Luma.of(axis[0], axis[1], axis[2]);
        return new InkContrast(values, noise, ink, luma * sign > 0);
    }

    /** The value that a share of 1 / {@link #SMALL} of the pixels exceeds. */
    private static double quantile(float[] values) {
        int[] counts = new int[1024];
        for (float value : values) {
            counts[(int) Math.max(0, Math.min(1023, value))]++;
        }
        int left = values.length / SMALL;
        int bound = 1023;
        while (bound > 0 && counts[bound] <= left) {
            left -= counts[bound--];
        }
        return bound;
    }

    private static double meanAbove(float[] values, double bound) {
        double sum = 0;
        int count = 0;
        for (float value : values) {
            if (value > bound) {
                sum += value;
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    /** The axis of the greatest second moment, its components' magnitudes adding up to 1. */
    private static double[] axis(float[][] differences) {
        double[][] moments = new double[3][3];
        for (int i = 0; i < differences[0].length; i++) {
            for (int a = 0; a < 3; a++) {
                for (int b = 0; b < 3; b++) {
                    moments[a][b] += (double) differences[a][i] * differences[b][i];
                }
            }
        }
        double[] axis = {1, 1, 1};
        for (int round = 0; round < ROUNDS; round++) {
            double[] next = new double[3];
            for (int a = 0; a < 3; a++) {
                for (int b = 0; b < 3; b++) {
                    next[a] += moments[a][b] * axis[b];
                }
            }
            double length = Math.abs(next[0]) + Math.abs(next[1]) + Math.abs(next[2]);
            if (length == 0) { // nothing differs from the background
                return new double[] {1.0 / 3, 1.0 / 3, 1.0 / 3};
            }
            for (int a = 0; a < 3; a++) {
                axis[a] = next[a] / length;
            }
        }
        return axis;
    }
}
