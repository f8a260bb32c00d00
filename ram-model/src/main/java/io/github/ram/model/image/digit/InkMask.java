package io.github.ram.model.image.digit;

import io.github.ram.model.Box;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The ink of a digit: how much of each pixel it covers. Pixels hang together as ink around such as stand
 * out by half of what ink does; of these regions the digit is the heaviest, with those beside it that are
 * not much lighter.
 */
final class InkMask {

    /** Shades that ink stands out from its paper by, at least. */
    static final int LEAST_CONTRAST = 20;

    /** How many times the paper's noise it stands out by, at least. */
    private static final double LEAST_TIMES_NOISE = 4;

    /** Pixels that the digit covers at least. */
    private static final int LEAST_PIXELS = 3;

    private final int width;
    private final int height;
    private final byte[] coverage;
    private final Box box;

    private InkMask(int width, int height, byte[] coverage, Box box) {
        this.width = width;
        this.height = height;
        this.coverage = coverage;
        this.box = box;
    }

    /** The ink of the digit in a picture, or null if there is none. */
    static InkMask in(InkContrast contrast, int width, int height) {
        if (contrast.ink() < Math.max(LEAST_CONTRAST, LEAST_TIMES_NOISE * contrast.noise())) {
            return null;
        }
        byte[] coverage = coverage(contrast);
        int[] numbers = new int[coverage.length];
        List<ConnectedRegion> regions = regions(coverage, numbers, width, height);
        ConnectedRegion digit = regions.stream()
                .max(Comparator.comparingDouble(ConnectedRegion::rank))
                .orElse(null);
        if (digit == null || digit.weight() < LEAST_PIXELS * 255) {
            return null;
        }
        boolean[] kept = new boolean[regions.size() + 1];
        ConnectedRegion whole = new ConnectedRegion(width, height);
        for (int i = 0; i < regions.size(); i++) {
            if (regions.get(i) == digit || regions.get(i).belongsTo(digit)) {
                kept[i + 1] = true;
                whole.add(regions.get(i));
            }
        }
        for (int i = 0; i < coverage.length; i++) {
            if (!kept[numbers[i]]) {
                coverage[i] = 0;
            }
        }
        return new InkMask(width, height, coverage, whole.box());
    }

    /** From nothing, where a pixel is within the paper's noise, to all, where it is like ink. */
    private static byte[] coverage(InkContrast contrast) {
        double nothing = Math.max(2.5 * contrast.noise(), 0.02 * contrast.ink());
        byte[] coverage = new byte[contrast.values().length];
        for (int i = 0; i < coverage.length; i++) {
            double share = (contrast.values()[i] - nothing) / (contrast.ink() - nothing);
            coverage[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, share)));
        }
        return coverage;
    }

    /** Finds the regions, and numbers their pixels from 1. */
    private static List<ConnectedRegion> regions(byte[] coverage, int[] numbers, int width, int height) {
        List<ConnectedRegion> regions = new ArrayList<>();
        int[] open = new int[coverage.length];
        for (int start = 0; start < coverage.length; start++) {
            if (numbers[start] != 0 || (coverage[start] & 0xFF) < 128) {
                continue;
            }
            ConnectedRegion region = new ConnectedRegion(width, height);
            regions.add(region);
            numbers[start] = regions.size();
            open[0] = start;
            for (int n = 1; n > 0; ) {
                int at = open[--n];
                int x = at % width;
                int y = at / width;
                region.add(x, y, coverage[at] & 0xFF);
                for (int v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
                    for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
                        int next = v * width + u;
                        if (numbers[next] == 0 && coverage[next] != 0) {
                            numbers[next] = regions.size();
                            open[n++] = next;
                        }
                    }
                }
            }
        }
        return regions;
    }

    /** Around all of it, in the picture's pixels. */
    Box box() {
        return box;
    }

    /** Reads coverage, 0 to 255, from a row of the picture, beginning with the given column. */
    void readRow(int y, int left, int[] row) {
        for (int x = 0; x < row.length; x++) {
            row[x] = coverage[y * width + left + x] & 0xFF;
        }
    }
}
