package io.github.ram.training.augmentation;

import io.github.ram.model.Check;

/**
 * How training images are varied, each time anew, by a {@link Variation}. All zeros leave the images as they are.
 * Validation and test images are never varied.
 *
 * @param shift most pixels of a move along each axis, in [0, 1000]; without any of the others the moves are whole
 *     pixels, and nothing is interpolated
 * @param rotation most degrees of a turn either way, in [0, 180]
 * @param stretch most by which each axis is drawn out or pressed together, as a share of its length, in [0, 0.9]
 * @param shear most sideways displacement, as a share of the distance from the middle row, in [0, 2]
 * @param warp most pixels by which each knot of a {@link Mesh} is moved along each axis, in [0, 1000]
 */
public record Augmentation(double shift, double rotation, double stretch, double shear, double warp) {

    /** Images as they are. */
    public static final Augmentation NONE = new Augmentation(0, 0, 0, 0, 0);

    public Augmentation {
        Check.inRange("shift", 0, 1000, shift);
        Check.inRange("rotation", 0, 180, rotation);
        Check.inRange("stretch", 0, 0.9, stretch);
        Check.inRange("shear", 0, 2, shear);
        Check.inRange("warp", 0, 1000, warp);
    }

    /** Whether whole pixels are all that an image is moved by. */
    boolean isShift() {
        return rotation == 0 && stretch == 0 && shear == 0 && warp == 0;
    }
}
