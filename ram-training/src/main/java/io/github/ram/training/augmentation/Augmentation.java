package io.github.ram.training.augmentation;

import io.github.ram.model.Check;

/**
 * The ranges of the random changes of training images, which a {@link Variation} applies. All zeros leave the images
 * unchanged. Validation and test images are never changed.
 *
 * @param shift largest shift along each axis in pixels, in [0, 1000]; if all others are 0, shifts are whole pixels
 *     without interpolation
 * @param rotation largest rotation either way in degrees, in [0, 180]
 * @param stretch largest change of the length of each axis, as a share of the length, in [0, 0.9]
 * @param shear largest sideways shift, as a share of the distance from the middle row, in [0, 2]
 * @param warp largest shift of each knot of a {@link Mesh} along each axis in pixels, in [0, 1000]
 * @param photograph the changes that are usual with photographs; null for none
 */
public record Augmentation(
        double shift, double rotation, double stretch, double shear, double warp, Photograph photograph) {

    /** No changes. */
    public static final Augmentation NONE = new Augmentation(0, 0, 0, 0, 0, Photograph.NONE);

    public Augmentation {
        Check.inRange("shift", 0, 1000, shift);
        Check.inRange("rotation", 0, 180, rotation);
        Check.inRange("stretch", 0, 0.9, stretch);
        Check.inRange("shear", 0, 2, shear);
        Check.inRange("warp", 0, 1000, warp);
        photograph = photograph == null ? Photograph.NONE : photograph; // runs of earlier releases have none
    }

    /**
     * Random changes that are usual with photographs, made before the others.
     *
     * @param cropPadding rows and columns of black pixels around an image, in [0, 1000]. A piece of the image's size is
     *     then cut from anywhere in it
     * @param flip whether to mirror left and right with probability 1/2
     * @param colour changes of brightness and contrast; null for none
     */
    public record Photograph(int cropPadding, boolean flip, Colour colour) {

        /** No changes. */
        public static final Photograph NONE = new Photograph(0, false, Colour.NONE);

        public Photograph {
            Check.inRange("crop-padding", 0, 1000, cropPadding);
            colour = colour == null ? Colour.NONE : colour; // runs of earlier releases have none
        }
    }

    /**
     * Random changes of the values of pixels.
     *
     * @param brightness with probability 1/2 all pixels are multiplied by 1 plus a share of at most this, in [0, 1]
     * @param contrast with probability 1/2 the distances from the mean of the image are multiplied by 1 plus a share of
     *     at most this, in [0, 1]
     */
    public record Colour(double brightness, double contrast) {

        /** No changes. */
        public static final Colour NONE = new Colour(0, 0);

        public Colour {
            Check.inRange("brightness", 0, 1, brightness);
            Check.inRange("contrast", 0, 1, contrast);
        }
    }

    /** Whether images are only shifted, by whole pixels. */
    boolean isShift() {
        return rotation == 0 && stretch == 0 && shear == 0 && warp == 0;
    }
}
