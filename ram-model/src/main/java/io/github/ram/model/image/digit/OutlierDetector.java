package io.github.ram.model.image.digit;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Recognises images that show something else than a digit: letters, signs, scribbles, specks, two digits. A small
 * convolutional network names what it sees, with classes for the digits and for other things; an image is an outlier if
 * the others together are likelier ("outlier exposure": Hendrycks, Mazeika and Dietterich, 2019).
 *
 * <p>OutlierTraining, in the tests of ram-training, makes the weights from MNIST's training images and from drawings.
 */
final class OutlierDetector {

    private static final int SIDE = 28;
    private static final int DIGITS = 10;
    private static final String RESOURCE = "outliers.bin";

    private static final Layer[] LAYERS = layers();

    private OutlierDetector() {}

    /**
     * A convolution with as many zeros around its image as an output of side ⌈side / stride⌉ needs.
     *
     * @param side of its image
     * @param weights [kernel · kernel · inputs][outputs]
     * @param biases [outputs]
     */
    private record Layer(int side, int kernel, int stride, float[][] weights, float[] biases) {

        int sideAfter() {
            return (side + stride - 1) / stride;
        }

        /**
         * The weighted sums of the positive values.
         *
         * @param values [side, side, inputs]
         * @return [sideAfter, sideAfter, outputs]
         */
        float[] apply(float[] values) {
            int after = sideAfter();
            int before = ((after - 1) * stride + kernel - side) / 2; // rows of zeros
            int inputs = weights.length / (kernel * kernel);
            float[] sums = new float[after * after * biases.length];
            for (int i = 0; i < sums.length; i += biases.length) {
                System.arraycopy(biases, 0, sums, i, biases.length);
            }
            for (int y = 0; y < side; y++) {
                for (int down = (y + before) % stride; down < kernel && down <= y + before; down += stride) {
                    int row = (y + before - down) / stride;
                    for (int x = 0; x < side && row < after; x++) {
                        for (int right = (x + before) % stride;
                                right < kernel && right <= x + before;
                                right += stride) {
                            int column = (x + before - right) / stride;
                            if (column < after) {
                                add(
                                        values,
                                        (y * side + x) * inputs,
                                        (down * kernel + right) * inputs,
                                        inputs,
                                        sums,
                                        (row * after + column) * biases.length);
                            }
                        }
                    }
                }
            }
            return sums;
        }

        /** Adds what the values of one pixel contribute to the sums of one pixel. */
        private void add(float[] values, int from, int row, int inputs, float[] sums, int at) {
            for (int i = 0; i < inputs; i++) {
                float value = values[from + i];
                if (value > 0) { // most pixels are blank, and relu makes many values 0
                    float[] factors = weights[row + i];
                    for (int j = 0; j < factors.length; j++) {
                        sums[at + j] += value * factors[j];
                    }
                }
            }
        }
    }

    /**
     * Whether an image shows something else than a digit.
     *
     * @param pixels unsigned bytes [28, 28], light on black
     */
    static boolean isOutlier(byte[] pixels) {
        float[] values = new float[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            values[i] = (pixels[i] & 0xFF) / 255f;
        }
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

    private static Layer[] layers() {
        try (InputStream in = OutlierDetector.class.getResourceAsStream(RESOURCE);
                DataInputStream data = new DataInputStream(new BufferedInputStream(in))) {
            Layer[] layers = new Layer[data.readInt()];
            int side = SIDE;
            int inputs = 1;
            for (int k = 0; k < layers.length; k++) {
                int kernel = data.readInt();
                int stride = data.readInt();
                float[] biases = new float[data.readInt()];
                float[][] weights = new float[kernel * kernel * inputs][biases.length];
                for (float[] row : weights) {
                    read(data, row);
                }
                read(data, biases);
                layers[k] = new Layer(side, kernel, stride, weights, biases);
                side = layers[k].sideAfter();
                inputs = biases.length;
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
