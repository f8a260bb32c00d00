package io.github.ram.model.image.digit;

import java.util.Arrays;

/**
 * How much each pixel stands out from the paper, in the one direction of colour in which the picture's
 * pixels differ from it the most: blue ink on yellow paper stands out by its blueness.
 *
 * @param values [width · height], positive for ink, in shades of 255, the mean of the colours concerned
 * @param noise what the paper differs from itself by, as {@link Background#remove} found
 * @param ink what ink stands out by: the mean over what stands out by more than half as much
 * @param lighter whether the ink is lighter than the paper
 */
record InkContrast(float[] values, double noise, double ink, boolean lighter) {

    /** The share of a picture's pixels that even a small digit covers: of a thousand one. */
    private static final int SMALL = 1000;

    private static final int ROUNDS = 50;

    /**
     * Of a picture whose paper was taken away.
     *
     * @param differences of its pixels from the paper, by colour [3][width · height]
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
        int sign = cubes < 0 ? -1 : 1; // ink is the few pixels far from the paper
        for (int i = 0; i < n; i++) {
            values[i] *= sign;
        }
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        double ink = sorted[n - 1 - n / SMALL];
        for (int round = 0; round < 3; round++) {
            ink = meanAbove(values, ink / 2);
        }
        double luma = 0.299 * axis[0] + 0.587 * axis[1] + 0.114 * axis[2];
        return new InkContrast(values, noise, ink, luma * sign > 0);
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
            if (length == 0) { // nothing differs from the paper
                return new double[] {1.0 / 3, 1.0 / 3, 1.0 / 3};
            }
            for (int a = 0; a < 3; a++) {
                axis[a] = next[a] / length;
            }
        }
        return axis;
    }
}
