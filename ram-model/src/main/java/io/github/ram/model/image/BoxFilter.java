package io.github.ram.model.image;

import io.github.ram.model.ImageShape;
import java.util.Arrays;

/**
 * Scales an image into the model's shape: as large as fits with its proportions kept, centred on
 * black. Each pixel is the mean of the source area it covers, in whole numbers, so that an image of
 * the right size comes out as it went in.
 *
 * <p>Along one axis that turns n pixels into m, target pixel i covers [i·n, (i + 1)·n) and source
 * pixel j covers [j·m, (j + 1)·m), both in units of 1/m source pixel. Their overlap is the weight of
 * j in i, and the weights of each i add up to n.
 */
final class BoxFilter {

    private final int sourceWidth;
    private final int sourceHeight;
    private final ImageShape shape;
    private final int width;
    private final int height;
    private final long[] sums;
    private final long[] rowSums;

    BoxFilter(int sourceWidth, int sourceHeight, ImageShape shape) {
        this.sourceWidth = sourceWidth;
        this.sourceHeight = sourceHeight;
        this.shape = shape;
        boolean fillsWidth = (long) sourceWidth * shape.height() >= (long) sourceHeight * shape.width();
        this.width = fillsWidth ? shape.width() : scaled(sourceWidth, shape.height(), sourceHeight);
        this.height = fillsWidth ? scaled(sourceHeight, shape.width(), sourceWidth) : shape.height();
        this.sums = new long[height * width * shape.channels()];
        this.rowSums = new long[width * shape.channels()];
    }

    /** Adds source row y. Every row is to be added once, in any order. */
    void add(int y, int[] row) {
        sumRow(row);
        int last = last(y, sourceHeight, height);
        for (int i = first(y, sourceHeight, height); i <= last; i++) {
            long weight = overlap(i, sourceHeight, y, height);
            for (int k = 0; k < rowSums.length; k++) {
                sums[i * rowSums.length + k] += weight * rowSums[k];
            }
        }
    }

    /** The image in the model's layout, once all rows have been added. */
    byte[] pixels() {
        byte[] pixels = new byte[shape.size()];
        int channels = shape.channels();
        int top = (shape.height() - height) / 2;
        int left = (shape.width() - width) / 2;
        long area = (long) sourceWidth * sourceHeight;
        for (int i = 0; i < height; i++) {
            int start = ((top + i) * shape.width() + left) * channels;
            for (int k = 0; k < rowSums.length; k++) {
                pixels[start + k] = (byte) ((sums[i * rowSums.length + k] + area / 2) / area);
            }
        }
        return pixels;
    }

    private void sumRow(int[] row) {
        int channels = shape.channels();
        Arrays.fill(rowSums, 0);
        for (int x = 0; x < sourceWidth; x++) {
            int last = last(x, sourceWidth, width);
            for (int i = first(x, sourceWidth, width); i <= last; i++) {
                long weight = overlap(i, sourceWidth, x, width);
                for (int c = 0; c < channels; c++) {
                    rowSums[i * channels + c] += weight * row[x * channels + c];
                }
            }
        }
    }

    private static int scaled(int side, int numerator, int denominator) {
        return Math.max(1, (int) Math.round((double) side * numerator / denominator));
    }

    /** First target pixel, of m, that source pixel j of n reaches into. */
    private static int first(int j, int n, int m) {
        return (int) ((long) j * m / n);
    }

    /** Last target pixel, of m, that source pixel j of n reaches into. */
    private static int last(int j, int n, int m) {
        return (int) (((j + 1L) * m - 1) / n);
    }

    private static long overlap(int i, int n, int j, int m) {
        return Math.min((i + 1L) * n, (j + 1L) * m) - Math.max((long) i * n, (long) j * m);
    }
}
