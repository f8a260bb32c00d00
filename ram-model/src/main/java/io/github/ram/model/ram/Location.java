package io.github.ram.model.ram;

import io.github.ram.model.Check;

/**
 * A location in an image: the centre of a glimpse.
 *
 * @param x from -1, the left edge, to 1, the right edge
 * @param y from -1, the top edge, to 1, the bottom edge
 */
public record Location(float x, float y) {

    /** The middle of the image. */
    public static final Location CENTRE = new Location(0, 0);

    public Location {
        Check.inRange("x", -1, 1, x);
        Check.inRange("y", -1, 1, y);
    }

    /**
     * First pixel that a patch covers along one axis: floor(0.5·(l + 1)·size) − floor(extent / 2), in
     * float32 as every engine computes it.
     *
     * @param coordinate x or y, in [-1, 1]
     * @param size W for x, H for y
     * @param extent side of the patch in pixels of the image
     * @return column or row of the first pixel; negative, or up to {@code size}, where the patch reaches
     *     past the border
     */
    public static int firstPixel(float coordinate, int size, int extent) {
        return (int) Math.floor(0.5f * (coordinate + 1f) * size) - extent / 2;
    }
}
