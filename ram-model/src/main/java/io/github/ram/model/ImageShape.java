package io.github.ram.model;

/**
 * The shape of the images a model reads: H × W pixels of C channels.
 *
 * <p>Pixels are stored row by row from the top, the channels of one pixel side by side: element
 * {@code (row · W + column) · C + channel}.
 *
 * @param height rows H, at least 1
 * @param width columns W, at least 1
 * @param channels values a pixel C, at least 1
 */
public record ImageShape(int height, int width, int channels) {

    public ImageShape {
        Check.atLeast("height", 1, height);
        Check.atLeast("width", 1, width);
        Check.atLeast("channels", 1, channels);
    }

    /** Values an image: H · W · C. */
    public int size() {
        return Math.multiplyExact(Math.multiplyExact(height, width), channels);
    }

    @Override
    public String toString() {
        return height + "×" + width + "×" + channels;
    }
}
