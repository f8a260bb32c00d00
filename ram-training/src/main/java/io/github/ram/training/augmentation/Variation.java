package io.github.ram.training.augmentation;

import io.github.ram.model.ImageShape;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Changes images of one shape at random within the ranges of an {@link Augmentation}: by an affine map around the middle
 * of the image, a {@link Mesh}, and bilinear interpolation. For use by one thread.
 */
public final class Variation {

    private final Augmentation most;
    private final ImageShape shape;
    private final Mesh mesh;

    public Variation(Augmentation most, ImageShape shape) {
        this.most = most;
        this.shape = shape;
        this.mesh = new Mesh(shape);
    }

    /**
     * Changes an image at random.
     *
     * @param pixels [H, W, C], unsigned bytes
     * @param target receives the new image in the same layout; pixels from outside the image are 0, the background
     */
    public void apply(byte[] pixels, byte[] target, SplittableRandom random) {
        if (most.isShift()) {
            int limit = (int) most.shift();
            shift(pixels, target, random.nextInt(-limit, limit + 1), random.nextInt(-limit, limit + 1));
        } else {
            Affine affine = Affine.draw(most, random);
            mesh.draw(most.warp(), random);
            map(affine, pixels, target);
        }
    }

    private void shift(byte[] pixels, byte[] target, int down, int right) {
        int columns = Math.max(0, shape.width() - Math.abs(right));
        Arrays.fill(target, 0, shape.size(), (byte) 0);
        for (int row = Math.max(0, down); row < shape.height() + Math.min(0, down); row++) {
            int from = ((row - down) * shape.width() + Math.max(0, -right)) * shape.channels();
            int to = (row * shape.width() + Math.max(0, right)) * shape.channels();
            System.arraycopy(pixels, from, target, to, columns * shape.channels());
        }
    }

    /** Fills each pixel of the new image from the position that the maps give. */
    private void map(Affine affine, byte[] pixels, byte[] target) {
        float middleX = (shape.width() - 1) / 2f;
        float middleY = (shape.height() - 1) / 2f;
        int at = 0;
        for (int row = 0; row < shape.height(); row++) {
            mesh.row(row);
            for (int column = 0; column < shape.width(); column++) {
                float x = column - middleX + mesh.right(column);
                float y = row - middleY + mesh.down(column);
                float fromX = affine.x(x, y) + middleX;
                float fromY = affine.y(x, y) + middleY;
                for (int channel = 0; channel < shape.channels(); channel++) {
                    target[at++] = sample(pixels, fromX, fromY, channel);
                }
            }
        }
    }

    private byte sample(byte[] pixels, float x, float y, int channel) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        float across = x - left;
        float along = y - top;
        float upper = (1 - across) * pixel(pixels, top, left, channel) + across * pixel(pixels, top, left + 1, channel);
        float lower = (1 - across) * pixel(pixels, top + 1, left, channel)
                + across * pixel(pixels, top + 1, left + 1, channel);
        return (byte) Math.round((1 - along) * upper + along * lower);
    }

    private int pixel(byte[] pixels, int row, int column, int channel) {
        boolean inside = row >= 0 && row < shape.height() && column >= 0 && column < shape.width();
        return inside ? pixels[(row * shape.width() + column) * shape.channels() + channel] & 0xff : 0;
    }

    /** Returns the position in the old image of a pixel in the new image; both are relative to the middle. */
    private record Affine(float xx, float xy, float yx, float yy, float right, float down) {

        static Affine draw(Augmentation most, SplittableRandom random) {
            double angle = Math.toRadians(within(most.rotation(), random));
            double width = 1 + within(most.stretch(), random);
            double height = 1 + within(most.stretch(), random);
            double slant = within(most.shear(), random);
            double cos = Math.cos(angle);
            double sin = Math.sin(angle);
            return new Affine(
                    (float) (cos / width),
                    (float) ((sin + slant) / width),
                    (float) (-sin / height),
                    (float) (cos / height),
                    (float) within(most.shift(), random),
                    (float) within(most.shift(), random));
        }

        private static double within(double most, SplittableRandom random) {
            return most * (2 * random.nextDouble() - 1);
        }

        float x(float x, float y) {
            return xx * x + xy * y - right;
        }

        float y(float x, float y) {
            return yx * x + yy * y - down;
        }
    }
}
