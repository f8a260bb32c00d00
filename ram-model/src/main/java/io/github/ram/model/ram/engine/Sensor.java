package io.github.ram.model.ram.engine;

import io.github.ram.model.ImageShape;
import io.github.ram.model.ram.GlimpseConfig;
import io.github.ram.model.ram.Location;
import io.github.ram.model.ram.RamConfig;
import java.util.Arrays;

/** The glimpse sensor on Java's arrays: bit for bit what {@link io.github.ram.model.ram.glimpse.GlimpseSensor} gives. */
public final class Sensor {

    private final ImageShape image;
    private final GlimpseConfig look;
    private final float padding;
    private final int glimpseSize;

    /**
     * @param padding the value of what lies outside an image, in normalised units
     */
    public Sensor(RamConfig config, float padding) {
        this.image = config.image();
        this.look = config.glimpse();
        this.padding = padding;
        this.glimpseSize = config.glimpseSize();
    }

    /**
     * Takes the glimpses of a step, each where its batch says.
     *
     * @param t the step, from 0
     * @param from the first of n rollouts
     * @param phi gets the glimpses [n, P] from {@code at} on
     */
    public void look(RolloutBatch batch, int t, int from, int n, float[] phi, int at) {
        for (int b = from; b < from + n; b++) {
            look(batch.images(), b * image.size(), batch.x(t, b), batch.y(t, b), phi, at + (b - from) * glimpseSize);
        }
    }

    /**
     * Takes a glimpse.
     *
     * @param images where the image's [H, W, C] begins at {@code origin}
     * @param x of the location, in [-1, 1]
     * @param y likewise
     * @param phi gets the glimpse [P] from {@code at} on
     */
    private void look(float[] images, int origin, float x, float y, float[] phi, int at) {
        int next = at;
        int extent = look.patchSize();
        for (int k = 0; k < look.scales(); k++) {
            int left = Location.firstPixel(x, image.width(), extent);
            int top = Location.firstPixel(y, image.height(), extent);
            int block = extent / look.patchSize();
            for (int row = 0; row < look.patchSize(); row++) {
                if (block == 1) {
                    copyRow(images, origin, left, top + row, phi, next);
                } else {
                    averageRow(images, origin, left, top + row * block, block, phi, next);
                }
                next += look.patchSize() * image.channels();
            }
            extent *= look.scaleFactor();
        }
    }

    /** One row of a patch that is as fine as the image: what lies inside is one piece of the image's row. */
    private void copyRow(float[] images, int origin, int left, int y, float[] phi, int at) {
        int channels = image.channels();
        int size = look.patchSize();
        int from = Math.min(size, Math.max(0, -left)); // the first and the last column inside the image
        int to = Math.max(from, Math.min(size, image.width() - left));
        if (y < 0 || y >= image.height() || from == to) {
            Arrays.fill(phi, at, at + size * channels, padding);
            return;
        }
        Arrays.fill(phi, at, at + from * channels, padding);
        System.arraycopy(
                images,
                origin + (y * image.width() + left + from) * channels,
                phi,
                at + from * channels,
                (to - from) * channels);
        Arrays.fill(phi, at + to * channels, at + size * channels, padding);
    }

    /** One row of a coarse patch: each value the mean of block × block pixels. */
    private void averageRow(float[] images, int origin, int left, int top, int block, float[] phi, int at) {
        int channels = image.channels();
        boolean rowsInside = top >= 0 && top + block <= image.height();
        for (int i = 0; i < look.patchSize(); i++) {
            int x = left + i * block;
            boolean inside = rowsInside && x >= 0 && x + block <= image.width();
            for (int channel = 0; channel < channels; channel++) {
                float sum = inside
                        ? sumInside(images, origin + (top * image.width() + x) * channels + channel, block)
                        : sum(images, origin + channel, x, top, block);
                phi[at + i * channels + channel] = sum / (block * block);
            }
        }
    }

    /** The sum of block × block pixels inside the image, of which the first is at {@code first}. */
    private float sumInside(float[] images, int first, int block) {
        int channels = image.channels();
        float sum = 0;
        for (int y = 0; y < block; y++) {
            int row = first + y * image.width() * channels;
            for (int x = 0; x < block; x++) {
                sum += images[row + x * channels];
            }
        }
        return sum;
    }

    /** The same, in the same order, of pixels from (left, top) on that may lie outside. */
    private float sum(float[] images, int origin, int left, int top, int block) {
        float sum = 0;
        for (int y = top; y < top + block; y++) {
            for (int x = left; x < left + block; x++) {
                boolean inside = y >= 0 && y < image.height() && x >= 0 && x < image.width();
                sum += inside ? images[origin + (y * image.width() + x) * image.channels()] : padding;
            }
        }
        return sum;
    }
}
