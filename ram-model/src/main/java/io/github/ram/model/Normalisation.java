package io.github.ram.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The normalisation of pixels: (v − mean) / deviation, where v is the pixel in [0, 1]. A byte p has v = p / 255.
 *
 * @param mean mean of each channel, or one mean for all channels, of pixels in [0, 1]
 * @param deviation standard deviation of each channel, or one for all channels, each in [1e-6, 1e6]
 * @param padding value outside the image, in normalised units. The value −mean/deviation is a background of pixels 0.
 *     A model must keep the padding of its training
 */
public record Normalisation(
        @JsonFormat(with = JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED)
        List<Double> mean,

        @JsonFormat(with = JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED)
        List<Double> deviation,

        double padding) {

    /** The mean and deviation of MNIST's training images, with a black background outside the image. */
    public static final Normalisation MNIST = background(0.1307, 0.3081);

    @JsonCreator
    public Normalisation(
            @JsonProperty("mean") @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<Double> mean,
            @JsonProperty("deviation") @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                    List<Double> deviation,
            @JsonProperty("padding") double padding) {
        this.mean = List.copyOf(Objects.requireNonNull(mean, "mean"));
        this.deviation = List.copyOf(Objects.requireNonNull(deviation, "deviation"));
        this.padding = padding;
        if (mean.isEmpty() || mean.size() != deviation.size()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "mean and deviation must each have one value per channel, got %d and %d",
                    mean.size(),
                    deviation.size()));
        }
        mean.forEach(value -> Check.inRange("mean", -1e6, 1e6, value));
        deviation.forEach(value -> Check.inRange("deviation", 1e-6, 1e6, value));
        Check.inRange("padding", -1e6, 1e6, padding);
    }

    /** Returns a normalisation that is the same for every channel. */
    public static Normalisation of(double mean, double deviation, double padding) {
        return new Normalisation(List.of(mean), List.of(deviation), padding);
    }

    /** Returns a normalisation that is the same for every channel, with pixels of 0 outside the image. */
    public static Normalisation background(double mean, double deviation) {
        return of(mean, deviation, -mean / deviation);
    }

    /** Number of means and deviations. A single value applies to any number of channels. */
    public int channels() {
        return mean.size();
    }

    /** Returns this normalisation with one mean and deviation per channel. */
    public Normalisation of(int channels) {
        return channels() == channels
                ? this
                : new Normalisation(
                        Collections.nCopies(channels, mean.get(0)),
                        Collections.nCopies(channels, deviation.get(0)),
                        padding);
    }

    /**
     * Checks that this normalisation fits images of a shape.
     *
     * @throws IllegalArgumentException if the number of channels differs
     */
    public void requireFit(ImageShape image) {
        if (channels() != 1 && channels() != image.channels()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "mean and deviation must have 1 or %d values, got %d", image.channels(), channels()));
        }
    }

    /**
     * Returns the normalised value of a pixel.
     *
     * @param value pixel in [0, 1], where 0 is the background
     * @param channel index in [0, C)
     */
    public float apply(double value, int channel) {
        int i = channels() == 1 ? 0 : channel;
        return (float) ((value - mean.get(i)) / deviation.get(i));
    }

    /**
     * Returns the normalised value of each of the 256 byte values.
     *
     * @return [{@link #channels}, 256]; the second axis is the unsigned value of the pixel
     */
    public float[] table() {
        float[] table = new float[256 * channels()];
        for (int i = 0; i < table.length; i++) {
            table[i] = apply(i % 256 / 255.0, i / 256);
        }
        return table;
    }

    /**
     * Normalises bytes with a table.
     *
     * @param table result of {@link #table}
     * @param pixels source [H, W, C]
     * @param from index of the first source value
     * @param input target [H, W, C]
     * @param to index of the first target value
     * @param size H·W·C
     */
    public static void apply(float[] table, byte[] pixels, int from, float[] input, int to, int size) {
        if (table.length == 256) {
            for (int i = 0; i < size; i++) {
                input[to + i] = table[pixels[from + i] & 0xff];
            }
            return;
        }
        int channels = table.length / 256;
        for (int i = 0; i < size; i++) {
            input[to + i] = table[(i % channels) * 256 + (pixels[from + i] & 0xff)];
        }
    }
}
