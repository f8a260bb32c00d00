package io.github.ram.model.ram.rollout;

import io.github.ram.model.ImageShape;
import io.github.ram.model.ram.network.GlimpseConfig;
import io.github.ram.model.ram.network.Location;
import io.github.ram.model.ram.network.RamConfig;
import java.util.Arrays;

/**
 * The glimpse sensor on Java's arrays. This copy exists because the engines keep images there; it returns the same bits as
 * {@link io.github.ram.model.ram.glimpse.GlimpseSensor}.
 */
public final class Sensor {

    private final ImageShape image;
    private final GlimpseConfig look;
    private final float padding;
    private final int glimpseSize;

    /**
     * @param padding value of pixels outside the image, in normalised units
     */
    public Sensor(RamConfig config, float padding) {
        this.image = config.image();
        this.look = config.glimpse();
        this.padding = padding;
        this.glimpseSize = config.glimpseSize();
    }

    /**
     * Takes the glimpses of a step at the locations of the batch.
     *
     * @param t the step, from 0
     * @param from the first of n rollouts
     * @param phi receives the glimpses [n, P] from index {@code at}
     */
    public void look(RolloutBatch batch, int t, int from, int n, float[] phi, int at) {
        for (int b = from; b < from + n; b++) {
            look(batch.images(), b * image.size(), batch.x(t, b), batch.y(t, b), phi, at + (b - from) * glimpseSize);
        }
    }

    /**
     * Takes a glimpse.
     *
     * @param images images [H, W, C]; the image begins at {@code origin}
     * @param x of the location, in [-1, 1]
     * @param y of the location, in [-1, 1]
     * @param phi receives the glimpse [P] from index {@code at}
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

    /** Writes one row of a patch at the resolution of the image. The part inside is one piece of the image's row. */
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

    /**
     * Writes one row of a coarse patch: each value is the mean of block × block pixels, added row by row. The loops run
     * over the values, whose sums do not wait for each other. Blocks that lie inside the image need no check.
     */
    private void averageRow(float[] images, int origin, int left, int top, int block, float[] phi, int at) {
        int channels = image.channels();
        int size = look.patchSize();
        int from = Math.min(size, Math.max(0, -Math.floorDiv(left, block))); // the blocks inside: [from, to)
        int to = Math.max(from, Math.min(size, Math.floorDiv(image.width() - left, block)));
        int end = at + size * channels;
        Arrays.fill(phi, at, end, 0);
        for (int y = top; y < top + block; y++) {
            if (y < 0 || y >= image.height()) {
                addPadding(block, phi, at, end);
            } else {
                int row = origin + y * image.width() * channels;
                addChecked(images, row, left, block, phi, at, 0, from);
                addBlocks(
                        images,
                        row + (left + from * block) * channels,
                        block,
                        channels,
                        phi,
                        at + from * channels,
                        to - from);
                addChecked(images, row, left, block, phi, at, to, size);
            }
        }
        int area = block * block;
        for (int i = at; i < end; i++) {
            phi[i] /= area;
        }
    }

    private void addPadding(int times, float[] sums, int from, int to) {
        for (int i = from; i < to; i++) {
            for (int k = 0; k < times; k++) {
                sums[i] += padding;
            }
        }
    }

    /** Adds the pixels of a row to the sums of the blocks [from, to), which may lie outside the image. */
    private void addChecked(float[] images, int row, int left, int block, float[] sums, int at, int from, int to) {
        int channels = image.channels();
        for (int i = from; i < to; i++) {
            int sum = at + i * channels;
            int end = left + (i + 1) * block;
            for (int x = end - block; x < end; x++) {
                boolean inside = x >= 0 && x < image.width();
                for (int channel = 0; channel < channels; channel++) {
                    sums[sum + channel] += inside ? images[row + x * channels + channel] : padding;
                }
            }
        }
    }

    /** Adds the pixels of a row, from {@code first} on, to the sums of n blocks. */
    private static void addBlocks(float[] images, int first, int block, int channels, float[] sums, int at, int n) {
        if (channels == 1 && block == 2) {
            addPairs(images, first, sums, at, n);
        } else if (channels == 1 && block == 4) {
            addFours(images, first, sums, at, n);
        } else {
            addBlocksOfAnySize(images, first, block, channels, sums, at, n);
        }
    }

    private static void addPairs(float[] images, int first, float[] sums, int at, int n) {
        for (int i = 0; i < n; i++) {
            sums[at + i] = sums[at + i] + images[first + 2 * i] + images[first + 2 * i + 1];
        }
    }

    private static void addFours(float[] images, int first, float[] sums, int at, int n) {
        for (int i = 0; i < n; i++) {
            int pixel = first + 4 * i;
            sums[at + i] = sums[at + i] + images[pixel] + images[pixel + 1] + images[pixel + 2] + images[pixel + 3];
        }
    }

    private static void addBlocksOfAnySize(
            float[] images, int first, int block, int channels, float[] sums, int at, int n) {
        for (int i = 0; i < n; i++) {
            for (int channel = 0; channel < channels; channel++) {
                int pixel = first + i * block * channels + channel;
                float sum = sums[at + i * channels + channel];
                for (int k = 0; k < block; k++) {
                    sum += images[pixel + k * channels];
                }
                sums[at + i * channels + channel] = sum;
            }
        }
    }
}
