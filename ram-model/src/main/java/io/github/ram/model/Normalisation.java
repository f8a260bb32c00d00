package io.github.ram.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * How pixels become the model's input: (v − mean) / deviation with v the pixel in [0, 1]; of a byte p, v = p / 255.
 *
 * @param mean of each channel, or one for all, in units of pixels scaled to [0, 1]
 * @param deviation likewise, each in [1e-6, 1e6]
 * @param padding what lies outside the image, in normalised units: −mean/deviation is the background that pixels of 0
 *     give. Weights that were trained with another value need that value
 */
public record Normalisation(
        @JsonFormat(with = JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED)
        List<Double> mean,

        @JsonFormat(with = JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED)
        List<Double> deviation,

        double padding) {

    /** MNIST's mean and deviation over the training images, and its background outside the image. */
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
                    "mean and deviation must have one value a channel each, got %d and %d",
                    mean.size(),
                    deviation.size()));
        }
        mean.forEach(value -> Check.inRange("mean", -1e6, 1e6, value));
        deviation.forEach(value -> Check.inRange("deviation", 1e-6, 1e6, value));
        Check.inRange("padding", -1e6, 1e6, padding);
    }

    /** The same for every channel. */
    public static Normalisation of(double mean, double deviation, double padding) {
        return new Normalisation(List.of(mean), List.of(deviation), padding);
    }

    /** The same for every channel, with pixels of 0 as the background outside the image. */
    public static Normalisation background(double mean, double deviation) {
        return of(mean, deviation, -mean / deviation);
    }

    /** Channels that have values; 1 also stands for any number of channels. */
    public int channels() {
        return mean.size();
    }

    /** The same with a value a channel. */
    public Normalisation of(int channels) {
        return channels() == channels
                ? this
                : new Normalisation(
                        Collections.nCopies(channels, mean.get(0)),
                        Collections.nCopies(channels, deviation.get(0)),
                        padding);
    }

    /**
     * Checks that images can be normalised.
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
     * The normalised value of a pixel.
     *
     * @param value in [0, 1], 0 the background
     * @param channel in [0, C)
     */
    public float apply(double value, int channel) {
        int i = channels() == 1 ? 0 : channel;
        return (float) ((value - mean.get(i)) / deviation.get(i));
    }

    /**
     * The normalised value of each of the 256 pixel values.
     *
     * @return [{@link #channels}, 256], the second axis by the unsigned value of the pixel
     */
    public float[] table() {
        float[] table = new float[256 * channels()];
        for (int i = 0; i < table.length; i++) {
            table[i] = apply(i % 256 / 255.0, i / 256);
        }
        return table;
    }

    /**
     * Normalises bytes by a table.
     *
     * @param table of {@link #table}
     * @param pixels [H, W, C] from the offset on
     * @param input receives [H, W, C] from its offset on
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
