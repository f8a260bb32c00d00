package io.github.ram.model.engine;

import io.github.ram.model.GlimpseConfig;
import io.github.ram.model.ImageShape;
import io.github.ram.model.Location;
import io.github.ram.model.RamConfig;
import java.util.Arrays;

/** The glimpse sensor on Java's arrays: bit for bit what {@link io.github.ram.model.glimpse.GlimpseSensor} gives. */
public final class Sensor {

    private final ImageShape image;
    private final GlimpseConfig look;
    private final float padding;

    /**
     * @param padding the value of what lies outside an image, in normalised units
     */
    public Sensor(RamConfig config, float padding) {
        this.image = config.image();
        this.look = config.glimpse();
        this.padding = padding;
    }

    /**
     * Takes a glimpse.
     *
     * @param images where the image's [H, W, C] begins at {@code origin}
     * @param x of the location, in [-1, 1]
     * @param y likewise
     * @param phi gets the glimpse [P] from {@code at} on
     */
    public void look(float[] images, int origin, float x, float y, float[] phi, int at) {
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
        for (int i = 0; i < look.patchSize() * channels; i++) {
            int x0 = left + i / channels * block;
            float sum = 0;
            for (int y = top; y < top + block; y++) {
                for (int x = x0; x < x0 + block; x++) {
                    boolean inside = y >= 0 && y < image.height() && x >= 0 && x < image.width();
                    sum += inside ? images[origin + (y * image.width() + x) * channels + i % channels] : padding;
                }
            }
            phi[at + i] = sum / (block * block);
        }
    }
}
