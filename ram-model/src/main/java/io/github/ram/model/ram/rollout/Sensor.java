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
    private final int extent; // pixels along a side of the coarsest patch
    private final float[] window; // the coarsest patch at the resolution of the image [extent, extent, C]

    /**
     * @param padding value of pixels outside the image, in normalised units
     */
    public Sensor(RamConfig config, float padding) {
        this.image = config.image();
        this.look = config.glimpse();
        this.padding = padding;
        this.glimpseSize = config.glimpseSize();
        this.extent = look.extent(look.scales() - 1);
        this.window = new float[extent * extent * image.channels()];
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
            readWindow(batch, b, batch.x(t, b), batch.y(t, b));
            int next = at + (b - from) * glimpseSize;
            int block = 1;
            for (int k = 0; k < look.scales(); k++) {
                reduce(block, phi, next);
                next += glimpseSize / look.scales();
                block *= look.scaleFactor();
            }
        }
    }

    /**
     * Reads the pixels of the coarsest patch. The patches of all scales have one centre, so all are parts of the
     * window. No later step checks whether a pixel lies in the image.
     *
     * @param x of the location, in [-1, 1]
     * @param y of the location, in [-1, 1]
     */
    private void readWindow(RolloutBatch batch, int b, float x, float y) {
        int channels = image.channels();
        int left = Location.firstPixel(x, image.width(), extent);
        int top = Location.firstPixel(y, image.height(), extent);
        Arrays.fill(window, padding);
        int from = Math.max(0, left);
        int length = (Math.min(image.width(), left + extent) - from) * channels;
        int last = Math.min(image.height(), top + extent);
        for (int row = Math.max(0, top); row < last && length > 0; row++) {
            int to = ((row - top) * extent + from - left) * channels;
            batch.read(b, (row * image.width() + from) * channels, length, window, to);
        }
    }

    /** Writes a patch: each value is the mean of block × block pixels, added row by row. */
    private void reduce(int block, float[] phi, int at) {
        int channels = image.channels();
        int size = look.patchSize();
        int stride = extent * channels;
        int margin = extent / 2 - size * block / 2; // pixels from the window's first column or row to the patch's
        int next = at;
        for (int row = 0; row < size; row++) {
            int first = (margin + row * block) * stride + margin * channels;
            if (block == 1) {
                System.arraycopy(window, first, phi, next, size * channels);
            } else if (block == 2 && channels == 1) {
                for (int i = 0; i < size; i++) {
                    phi[next + i] = twos(first + 2 * i) / 4;
                }
            } else if (block == 4 && channels == 1) {
                for (int i = 0; i < size; i++) {
                    phi[next + i] = fours(first + 4 * i) / 16;
                }
            } else {
                for (int i = 0; i < size * channels; i++) {
                    int pixel = first + i / channels * block * channels + i % channels;
                    phi[next + i] = sum(pixel, block) / (block * block);
                }
            }
            next += size * channels;
        }
    }

    /** Returns the sum of a block of any size, whose first value is at {@code pixel}. */
    private float sum(int pixel, int block) {
        int channels = image.channels();
        float sum = 0;
        for (int row = 0; row < block; row++) {
            for (int k = 0; k < block; k++) {
                sum += window[pixel + (row * extent + k) * channels];
            }
        }
        return sum;
    }

    /** {@link #sum} of 2 × 2 pixels of one channel, without loops. */
    private float twos(int pixel) {
        float[] w = window;
        int second = pixel + extent;
        return w[pixel] + w[pixel + 1] + w[second] + w[second + 1];
    }

    /** {@link #sum} of 4 × 4 pixels of one channel, with one loop. */
    private float fours(int pixel) {
        float[] w = window;
        float sum = 0;
        int end = pixel + 4 * extent;
        for (int i = pixel; i < end; i += extent) {
            sum = sum + w[i] + w[i + 1] + w[i + 2] + w[i + 3];
        }
        return sum;
    }
}
