package io.github.ram.model.ram;

import io.github.ram.model.Check;
import java.util.Locale;

/**
 * How a model looks.
 *
 * @param count glimpses a rollout T, at least 1
 * @param patchSize side g of a patch as the network sees it, in pixels, at least 1
 * @param scales patches K a glimpse, at least 1; patch k (from 0) covers g·s^k pixels of the image a side
 * @param scaleFactor s, at least 1, and at least 2 with several scales: K equal patches would tell nothing
 */
public record GlimpseConfig(int count, int patchSize, int scales, int scaleFactor) {

    /** The largest patch side, in pixels of the image, that a glimpse may cover. */
    static final int MAX_EXTENT = 4096;

    public GlimpseConfig {
        Check.inRange("glimpses", 1, 1000, count);
        Check.inRange("patchSize", 1, MAX_EXTENT, patchSize);
        Check.inRange("scales", 1, 12, scales);
        Check.inRange("scaleFactor", scales > 1 ? 2 : 1, MAX_EXTENT, scaleFactor);
        double extent = patchSize * Math.pow(scaleFactor, scales - 1.0);
        if (extent > MAX_EXTENT) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "patchSize · scaleFactor^(scales - 1) must be at most %d, got %.0f",
                    MAX_EXTENT,
                    extent));
        }
    }

    /**
     * Side in pixels of the image that the patch of a scale covers: g·s^k.
     *
     * @param scale k in [0, K)
     */
    public int extent(int scale) {
        int extent = patchSize;
        for (int k = 0; k < scale; k++) {
            extent *= scaleFactor;
        }
        return extent;
    }

    /** Values a glimpse of an image with the given channels: P = K·g·g·C. */
    public int size(int channels) {
        long size = (long) scales * patchSize * patchSize * channels;
        Check.fitsArray("scales · patchSize² · channels", size);
        return (int) size;
    }
}
