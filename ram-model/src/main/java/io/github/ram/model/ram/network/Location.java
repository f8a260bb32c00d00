package io.github.ram.model.ram.network;

import io.github.ram.model.Check;

/**
 * A location in an image: the centre of a glimpse.
 *
 * @param x horizontal, from -1 (left edge) to 1 (right edge)
 * @param y vertical, from -1 (top edge) to 1 (bottom edge)
 */
public record Location(float x, float y) {

    /** The middle of the image. */
    public static final Location CENTRE = new Location(0, 0);

    public Location {
        Check.inRange("x", -1, 1, x);
        Check.inRange("y", -1, 1, y);
    }

    /**
     * Returns the first pixel of a patch along one axis: floor(0.5·(l + 1)·size) − floor(extent / 2), in float32 as
     * in every engine.
     *
     * @param coordinate x or y, in [-1, 1]
     * @param size W for x, H for y
     * @param extent side of the patch in pixels of the image
     * @return column or row of the first pixel, at most {@code size}; negative if the patch crosses the left or top
     *     border
     */
    public static int firstPixel(float coordinate, int size, int extent) {
        return (int) Math.floor(0.5f * (coordinate + 1f) * size) - extent / 2;
    }
}
