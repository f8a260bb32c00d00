package io.github.ram.training;

import io.github.ram.model.ImageShape;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How training images are varied, each time anew: an affine map around the middle of the image, drawn at random, and
 * bilinear interpolation. All zeros leave the images as they are. Validation and test images are never varied.
 *
 * @param shift most pixels of a move along each axis, in [0, 1000]; without rotation, stretch and shear the moves are
 *     whole pixels, and nothing is interpolated
 * @param rotation most degrees of a turn either way, in [0, 180]
 * @param stretch most by which each axis is drawn out or pressed together, as a share of its length, in [0, 0.9]
 * @param shear most sideways displacement, as a share of the distance from the middle row, in [0, 2]
 */
record Augmentation(double shift, double rotation, double stretch, double shear) {

    /** Images as they are. */
    static final Augmentation NONE = new Augmentation(0, 0, 0, 0);

    Augmentation {
        TrainingConfig.inRange("shift", 0, 1000, shift);
        TrainingConfig.inRange("rotation", 0, 180, rotation);
        TrainingConfig.inRange("stretch", 0, 0.9, stretch);
        TrainingConfig.inRange("shear", 0, 2, shear);
    }

    /**
     * Varies an image.
     *
     * @param pixels [H, W, C], unsigned bytes
     * @param target gets the new image, of the same layout; what comes in at the border is background, 0
     */
    void apply(ImageShape shape, byte[] pixels, byte[] target, SplittableRandom random) {
        if (equals(NONE)) {
            System.arraycopy(pixels, 0, target, 0, shape.size());
        } else if (rotation == 0 && stretch == 0 && shear == 0) {
            int most = (int) shift;
            shift(shape, pixels, target, random.nextInt(-most, most + 1), random.nextInt(-most, most + 1));
        } else {
            Affine.draw(this, random).apply(shape, pixels, target);
        }
    }

    private static void shift(ImageShape shape, byte[] pixels, byte[] target, int down, int right) {
        int columns = Math.max(0, shape.width() - Math.abs(right));
        Arrays.fill(target, 0, shape.size(), (byte) 0);
        for (int row = Math.max(0, down); row < shape.height() + Math.min(0, down); row++) {
            int from = ((row - down) * shape.width() + Math.max(0, -right)) * shape.channels();
            int to = (row * shape.width() + Math.max(0, right)) * shape.channels();
            System.arraycopy(pixels, from, target, to, columns * shape.channels());
        }
    }

    /** From a place in the new image, relative to its middle, to the place in the old one that it shows. */
    private record Affine(double xx, double xy, double yx, double yy, double right, double down) {

        static Affine draw(Augmentation most, SplittableRandom random) {
            double angle = Math.toRadians(within(most.rotation, random));
            double width = 1 + within(most.stretch, random);
            double height = 1 + within(most.stretch, random);
            double slant = within(most.shear, random);
            double cos = Math.cos(angle);
            double sin = Math.sin(angle);
            return new Affine(
                    cos / width,
                    (sin + slant) / width,
                    -sin / height,
                    cos / height,
                    within(most.shift, random),
                    within(most.shift, random));
        }

        private static double within(double most, SplittableRandom random) {
            return most * (2 * random.nextDouble() - 1);
        }

        void apply(ImageShape shape, byte[] pixels, byte[] target) {
            double middleX = (shape.width() - 1) / 2.0;
            double middleY = (shape.height() - 1) / 2.0;
            int at = 0;
            for (int row = 0; row < shape.height(); row++) {
                for (int column = 0; column < shape.width(); column++) {
                    double x = column - middleX;
                    double y = row - middleY;
                    double fromX = xx * x + xy * y + middleX - right;
                    double fromY = yx * x + yy * y + middleY - down;
                    for (int channel = 0; channel < shape.channels(); channel++) {
                        target[at++] = sample(shape, pixels, fromX, fromY, channel);
                    }
                }
            }
        }

        private static byte sample(ImageShape shape, byte[] pixels, double x, double y, int channel) {
            int left = (int) Math.floor(x);
            int top = (int) Math.floor(y);
            double across = x - left;
            double along = y - top;
            double upper = (1 - across) * pixel(shape, pixels, top, left, channel)
                    + across * pixel(shape, pixels, top, left + 1, channel);
            double lower = (1 - across) * pixel(shape, pixels, top + 1, left, channel)
                    + across * pixel(shape, pixels, top + 1, left + 1, channel);
            return (byte) Math.round((1 - along) * upper + along * lower);
        }

        private static int pixel(ImageShape shape, byte[] pixels, int row, int column, int channel) {
            boolean inside = row >= 0 && row < shape.height() && column >= 0 && column < shape.width();
            return inside ? pixels[(row * shape.width() + column) * shape.channels() + channel] & 0xff : 0;
        }
    }
}
