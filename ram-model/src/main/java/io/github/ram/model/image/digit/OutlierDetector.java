package io.github.ram.model.image.digit;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Recognises images that show something else than a digit: letters, signs, scribbles, specks, two digits. A network with
 * two hidden layers names what it sees, with classes for the digits and for other things; an image is an outlier if the
 * others together are likelier ("outlier exposure": Hendrycks, Mazeika and Dietterich, 2019).
 *
 * <p>OutlierTraining, in the tests of ram-training, makes the weights from MNIST's training images and from drawings.
 */
final class OutlierDetector {

    private static final int SIDE = 28;
    private static final int DIGITS = 10;
    private static final int HALF = SIDE / 2;
    private static final String RESOURCE = "outliers.bin";

    private static final Layer[] LAYERS = layers();

    private OutlierDetector() {}

    /**
     * A layer of a network.
     *
     * @param weights [inputs, outputs]
     * @param biases [outputs]
     */
    private record Layer(float[][] weights, float[] biases) {

        /** The weighted sums of the positive inputs. */
        float[] apply(float[] inputs) {
            float[] sums = biases.clone();
            for (int i = 0; i < inputs.length; i++) {
                if (inputs[i] > 0) { // most pixels are blank, and relu makes many inputs 0
                    add(inputs[i], weights[i], sums);
                }
            }
            return sums;
        }

        private static void add(float input, float[] row, float[] sums) {
            for (int j = 0; j < sums.length; j++) {
                sums[j] += input * row[j];
            }
        }
    }

    /**
     * Whether an image shows something else than a digit.
     *
     * @param pixels unsigned bytes [28, 28], light on black
     */
    static boolean isOutlier(byte[] pixels) {
        float[] values = halved(pixels);
        for (Layer layer : LAYERS) {
            values = layer.apply(values);
        }
        double digit = 0;
        double other = 0;
        for (int k = 0; k < values.length; k++) {
            double odds = Math.exp(values[k]);
            digit += k < DIGITS ? odds : 0;
            other += k < DIGITS ? 0 : odds;
        }
        return other > digit;
    }

    /** The means of 2×2 pixels, from 0 to 1: [14 · 14]. */
    private static float[] halved(byte[] pixels) {
        int[] sums = new int[HALF * HALF];
        for (int i = 0; i < pixels.length; i++) {
            sums[i / SIDE / 2 * HALF + i % SIDE / 2] += pixels[i] & 0xFF;
        }
        float[] means = new float[sums.length];
        for (int i = 0; i < sums.length; i++) {
            means[i] = sums[i] / 1020f;
        }
        return means;
    }

    private static Layer[] layers() {
        try (InputStream in = OutlierDetector.class.getResourceAsStream(RESOURCE);
                DataInputStream data = new DataInputStream(new BufferedInputStream(in))) {
            Layer[] layers = new Layer[data.readInt()];
            int inputs = data.readInt();
            for (int k = 0; k < layers.length; k++) {
                int outputs = data.readInt();
                float[][] weights = new float[inputs][outputs];
                for (float[] row : weights) {
                    read(data, row);
                }
                float[] biases = new float[outputs];
                read(data, biases);
                layers[k] = new Layer(weights, biases);
                inputs = outputs;
            }
            return layers;
        } catch (IOException e) {
            throw new UncheckedIOException("the resource " + RESOURCE + " cannot be read", e);
        }
    }

    private static void read(DataInputStream data, float[] values) throws IOException {
        for (int i = 0; i < values.length; i++) {
            values[i] = data.readFloat();
        }
    }
}
