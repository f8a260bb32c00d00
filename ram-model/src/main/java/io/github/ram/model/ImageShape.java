package io.github.ram.model;

/**
 * The shape of the images a model reads: H × W pixels of C channels.
 *
 * <p>Pixels are row-major from the top, with the channels of a pixel side by side. The index of a value is
 * {@code (row · W + column) · C + channel}.
 *
 * @param height rows H, in [1, 65536]
 * @param width columns W, in [1, 65536]
 * @param channels values per pixel C, in [1, 1024]; H · W · C must fit an array
 */
public record ImageShape(int height, int width, int channels) {

    public ImageShape {
        Check.inRange("height", 1, 65_536, height);
        Check.inRange("width", 1, 65_536, width);
        Check.inRange("channels", 1, 1024, channels);
        Check.fitsArray("height · width · channels", (long) height * width * channels);
    }

    /** Values per image: H · W · C. */
    public int size() {
        return height * width * channels;
    }

    @Override
    public String toString() {
        return height + "×" + width + "×" + channels;
    }
}
