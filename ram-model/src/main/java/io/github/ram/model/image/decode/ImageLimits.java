package io.github.ram.model.image.decode;

import io.github.ram.model.Check;

/**
 * The largest image file that is read. Both limits are checked before a pixel is decoded.
 *
 * <p>An image takes up to 8 bytes a pixel while it is decoded (16 bits for each of red, green, blue and alpha):
 * 128 MiB for the largest image within {@link #DEFAULT}.
 *
 * @param maxSide most pixels a side, in [1, 16384]
 * @param maxBytes most bytes of the encoded file, at least 1
 */
public record ImageLimits(int maxSide, int maxBytes) {

    /** 4096 pixels a side, 1 MiB encoded. */
    public static final ImageLimits DEFAULT = new ImageLimits(4096, 1 << 20);

    private static final int LARGEST_SIDE = 16384;

    /** No limit of bytes, for files of the program's own user. */
    public static final ImageLimits LARGEST = new ImageLimits(LARGEST_SIDE, Integer.MAX_VALUE);

    public ImageLimits {
        Check.inRange("maxSide", 1, LARGEST_SIDE, maxSide);
        Check.atLeast("maxBytes", 1, maxBytes);
    }
}
