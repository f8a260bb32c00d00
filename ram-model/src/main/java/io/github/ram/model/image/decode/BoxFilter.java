package io.github.ram.model.image.decode;

import io.github.ram.model.ImageShape;
import java.util.Arrays;

/**
 * Scales an image. Each pixel is the mean of the source area it covers, in whole numbers, so that an
 * image of the right size stays unchanged.
 *
 * <p>Along one axis that turns n pixels into m, target pixel i covers [i·n, (i + 1)·n). Source pixel j covers
 * [j·m, (j + 1)·m). Both are in units of 1/m source pixel. Their overlap is the weight of j in i, and the weights of
 * each i add up to n.
 */
public final class BoxFilter {

    private final ImageShape source;
    private final ImageShape target;
    private final int[] firsts;
    private final int[] lasts;
    private final long[] sums;
    private final long[] rowSums;

    /**
     * @param source shape of the image
     * @param target shape it is to have, with the same channels
     */
    public BoxFilter(ImageShape source, ImageShape target) {
        this.source = source;
        this.target = target;
        this.firsts = new int[source.width()];
        this.lasts = new int[source.width()];
        for (int x = 0; x < source.width(); x++) {
            firsts[x] = first(x, source.width(), target.width());
            lasts[x] = last(x, source.width(), target.width());
        }
        this.sums = new long[target.size()];
        this.rowSums = new long[target.width() * target.channels()];
    }

    /** Adds source row y, its values 0 to 255. Each row has to be added once, in any order. */
    public void add(int y, int[] row) {
        sumRow(row);
        int last = last(y, source.height(), target.height());
        for (int i = first(y, source.height(), target.height()); i <= last; i++) {
            long weight = overlap(i, source.height(), y, target.height());
            for (int k = 0; k < rowSums.length; k++) {
                sums[i * rowSums.length + k] += weight * rowSums[k];
            }
        }
    }

    /** The image in its new shape, after all rows have been added. */
    public byte[] pixels() {
        byte[] pixels = new byte[sums.length];
        long area = (long) source.width() * source.height();
        for (int i = 0; i < sums.length; i++) {
            pixels[i] = (byte) ((sums[i] + area / 2) / area);
        }
        return pixels;
    }

    private void sumRow(int[] row) {
        int channels = source.channels();
        Arrays.fill(rowSums, 0);
        for (int x = 0; x < source.width(); x++) {
            for (int i = firsts[x]; i <= lasts[x]; i++) {
                // A pixel within one target pixel lies in it with all its width.
                long weight = firsts[x] == lasts[x] ? target.width() : overlap(i, source.width(), x, target.width());
                for (int c = 0; c < channels; c++) {
                    rowSums[i * channels + c] += weight * row[x * channels + c];
                }
            }
        }
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
