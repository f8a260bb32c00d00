package io.github.ram.training.augmentation;

import io.github.ram.model.ImageShape;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Changes images of one shape at random within the ranges of an {@link Augmentation}: by an affine map around the middle
 * of the image, a {@link Mesh}, and bilinear interpolation. For use by one thread.
 */
public final class Variation {

    /** Rows or columns around an image: one before it, and two behind it for the neighbours of position W or H. */
    private static final int FRAME = 3;

    private final Augmentation most;
    private final ImageShape shape;
    private final Mesh mesh;
    private final float[] framed; // [1 + H + 2, 1 + W + 2, C], 0 around the image
    private final byte[] photograph;

    public Variation(Augmentation most, ImageShape shape) {
        this.most = most;
        this.shape = shape;
        this.mesh = new Mesh(shape);
        this.framed = new float[(shape.height() + FRAME) * (shape.width() + FRAME) * shape.channels()];
        this.photograph = new byte[shape.size()];
    }

    /**
     * Changes an image at random.
     *
     * @param pixels [H, W, C], unsigned bytes
     * @param target receives the new image in the same layout; pixels from outside the image are 0, the background
     */
    public void apply(byte[] pixels, byte[] target, SplittableRandom random) {
        byte[] image = most.photograph().equals(Augmentation.Photograph.NONE) ? pixels : photographed(pixels, random);
        if (most.isShift()) {
            shift(image, target, (int) most.shift(), random);
        } else {
            Affine affine = Affine.draw(most, random);
            mesh.draw(most.warp(), random);
            map(affine, image, target);
        }
    }

    private byte[] photographed(byte[] pixels, SplittableRandom random) {
        // A piece cut from the padded image is the image, shifted by at most the padding.
        shift(pixels, photograph, most.photograph().cropPadding(), random);
        if (most.photograph().flip() && random.nextBoolean()) {
            flip(photograph);
        }
        if (most.photograph().colour().brightness() > 0 && random.nextBoolean()) {
            stretch(photograph, factor(most.photograph().colour().brightness(), random), 0);
        }
        if (most.photograph().colour().contrast() > 0 && random.nextBoolean()) {
            stretch(photograph, factor(most.photograph().colour().contrast(), random), mean(photograph));
        }
        return photograph;
    }

    private static double factor(double most, SplittableRandom random) {
        return 1 + most * (2 * random.nextDouble() - 1);
    }

    /** Multiplies the distance of every value from the middle; cuts off at 0 and 255. */
    private static void stretch(byte[] pixels, double factor, double middle) {
        byte[] table = new byte[256];
        for (int value = 0; value < table.length; value++) {
            double stretched = Math.rint(middle + factor * (value - middle));
            table[value] = (byte) (int) Math.max(0, Math.min(255, stretched));
        }
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = table[pixels[i] & 0xff];
        }
    }

    private static double mean(byte[] pixels) {
        long sum = 0;
        for (byte pixel : pixels) {
            sum += pixel & 0xff;
        }
        return (double) sum / pixels.length;
    }

    /** Mirrors left and right. */
    private void flip(byte[] pixels) {
        int channels = shape.channels();
        for (int row = 0; row < shape.height(); row++) {
            int left = row * shape.width() * channels;
            int right = left + (shape.width() - 1) * channels;
            for (; left < right; left += channels, right -= channels) {
                for (int channel = 0; channel < channels; channel++) {
                    byte pixel = pixels[left + channel];
                    pixels[left + channel] = pixels[right + channel];
                    pixels[right + channel] = pixel;
                }
            }
        }
    }

    private void shift(byte[] pixels, byte[] target, int limit, SplittableRandom random) {
        shift(pixels, target, random.nextInt(-limit, limit + 1), random.nextInt(-limit, limit + 1));
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
        frame(pixels);
        float middleX = (shape.width() - 1) / 2f;
        float middleY = (shape.height() - 1) / 2f;
        int at = 0;
        for (int row = 0; row < shape.height(); row++) {
            mesh.row(row);
            for (int column = 0; column < shape.width(); column++) {
                float x = column - middleX + mesh.right(column);
                float y = row - middleY + mesh.down(column);
                float fromX = Math.min(shape.width(), Math.max(-1, affine.x(x, y) + middleX));
                float fromY = Math.min(shape.height(), Math.max(-1, affine.y(x, y) + middleY));
                sample(fromX, fromY, target, at);
                at += shape.channels();
            }
        }
    }

    /** Copies an image into the middle of {@link #framed}, whose frame of background needs no bounds to be checked. */
    private void frame(byte[] pixels) {
        int channels = shape.channels();
        int length = shape.width() * channels;
        for (int row = 0; row < shape.height(); row++) {
            int to = ((row + 1) * (shape.width() + FRAME) + 1) * channels;
            for (int i = 0; i < length; i++) {
                framed[to + i] = pixels[row * length + i] & 0xff;
            }
        }
    }

    /** Writes the pixel at x in [−1, W] and y in [−1, H], interpolated between its four neighbours. */
    private void sample(float x, float y, byte[] target, int at) {
        int left = floor(x);
        int top = floor(y);
        float across = x - left;
        float along = y - top;
        int channels = shape.channels();
        int stride = (shape.width() + FRAME) * channels;
        int first = (top + 1) * stride + (left + 1) * channels;
        for (int i = 0; i < channels; i++) {
            float upper = (1 - across) * framed[first + i] + across * framed[first + channels + i];
            float lower = (1 - across) * framed[first + stride + i] + across * framed[first + stride + channels + i];
            float value = (1 - along) * upper + along * lower;
            target[at + i] = (byte) (int) (value + 0.5); // rounds to the nearest: value is in [0, 255]
        }
    }

    private static int floor(float value) {
        int whole = (int) value;
        return value < whole ? whole - 1 : whole;
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
