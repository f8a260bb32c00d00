package io.github.ram.model.ram.network;

import io.github.ram.model.Check;
import java.util.Locale;

/**
 * The number and the shape of a model's glimpses.
 *
 * @param count glimpses per rollout T, in [1, 1000]
 * @param patchSize side g of a patch in pixels after the reduction, at least 1
 * @param scales patches per glimpse K, in [1, 12]; patch k (from 0) covers g·s^k × g·s^k pixels of the image
 * @param scaleFactor s, at least 1, and at least 2 with several scales, because equal patches add no information
 */
public record GlimpseConfig(int count, int patchSize, int scales, int scaleFactor) {

    /** The largest side of a patch, in pixels of the image. */
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
     * Returns the side of a scale's patch in pixels of the image: g·s^k.
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

    /** Returns the values per glimpse of an image with C channels: P = K·g·g·C. */
    public int size(int channels) {
        long size = (long) scales * patchSize * patchSize * channels;
        Check.fitsArray("scales · patchSize² · channels", size);
        return (int) size;
    }
}
