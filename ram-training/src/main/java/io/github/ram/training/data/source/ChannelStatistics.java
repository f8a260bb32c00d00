package io.github.ram.training.data.source;

import io.github.ram.model.Normalisation;
import io.github.ram.training.data.Dataset;
import java.util.ArrayList;
import java.util.List;

/** Measures the mean and the standard deviation of each channel of images. */
final class ChannelStatistics {

    private static final int VALUES = 256;

    /** A channel that is the same everywhere has no deviation to divide by. */
    private static final double LEAST = 1.0 / 255;

    private ChannelStatistics() {}

    /**
     * Measures all images.
     *
     * @return the normalisation that gives every channel the mean 0 and the variance 1; outside the image are black
     *     pixels if there is one channel, otherwise pixels of the mean colour
     */
    static Normalisation of(Dataset images) {
        int channels = images.shape().channels();
        long[] counts = count(images);
        long pixels = (long) images.size() * images.shape().size() / channels;
        List<Double> means = new ArrayList<>();
        List<Double> deviations = new ArrayList<>();
        for (int channel = 0; channel < channels; channel++) {
            double sum = 0;
            double squares = 0;
            for (int value = 0; value < VALUES; value++) {
                double v = value / 255.0;
                sum += counts[channel * VALUES + value] * v;
                squares += counts[channel * VALUES + value] * v * v;
            }
            double mean = sum / pixels;
            means.add(mean);
            deviations.add(Math.max(LEAST, Math.sqrt(Math.max(0, squares / pixels - mean * mean))));
        }
        return channels == 1
                ? Normalisation.background(means.get(0), deviations.get(0))
                : new Normalisation(means, deviations, 0);
    }

    /** How often each channel has each value. */
    private static long[] count(Dataset images) {
        int channels = images.shape().channels();
        long[] counts = new long[channels * VALUES];
        byte[] pixels = new byte[images.shape().size()];
        for (int i = 0; i < images.size(); i++) {
            images.copyPixels(i, pixels, 0);
            for (int at = 0; at < pixels.length; at += channels) {
                for (int channel = 0; channel < channels; channel++) {
                    counts[channel * VALUES + (pixels[at + channel] & 0xff)]++;
                }
            }
        }
        return counts;
    }
}
