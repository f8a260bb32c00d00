package io.github.ram.model.image.digit;

import io.github.ram.model.dense.Dense;
import io.github.ram.model.dense.RowGroup;
import io.github.ram.model.dense.RowKernels;
import io.github.ram.model.dense.RowLayer;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

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
     * A convolution with as many zeros around its image as an output of side ⌈side / stride⌉ needs: a fully connected
     * layer for the patch of each output.
     *
     * @param side of its image
     * @param inputs channels of its image
     * @param outputs channels of its result
     * @param product of patches [kernel · kernel · inputs] and weights
     */
    private record Layer(int side, int kernel, int stride, int inputs, int outputs, RowLayer product) {

        /** The most groups that {@link RowGroup#ROWS} rows and fewer make: of 4, 2 and 1 row. */
        private static final int GROUPS = 3;

        int sideAfter() {
            return (side + stride - 1) / stride;
        }

        /**
         * Computes the result.
         *
         * @param values [side, side, inputs]
         * @return [sideAfter, sideAfter, outputs]
         */
        float[] apply(float[] values) {
            int after = sideAfter();
            int count = after * after;
            int block = Math.min(count, RowGroup.ROWS);
            int length = kernel * kernel * inputs;
            float[][] patches = new float[block][length];
            float[][] sums = new float[block][RowKernels.padded(outputs)];
            RowGroup[] groups = new RowGroup[Math.min(block, GROUPS)];
            Arrays.setAll(groups, i -> new RowGroup(block, length));
            float[] result = new float[count * outputs];
            for (int from = 0; from < count; from += block) {
                int n = Math.min(block, count - from);
                for (int i = 0; i < n; i++) {
                    copyPatch(values, (from + i) / after, (from + i) % after, patches[i]);
                }
                product.apply(patches, n, sums, groups);
                for (int i = 0; i < n; i++) {
                    System.arraycopy(sums[i], 0, result, (from + i) * outputs, outputs);
                }
            }
            return result;
        }

        /** Copies what an output sees [kernel, kernel, inputs], with zeros outside of the image. */
        private void copyPatch(float[] values, int row, int column, float[] patch) {
            int before = Math.max(0, (sideAfter() - 1) * stride + kernel - side) / 2; // rows of zeros
            int top = row * stride - before;
            int left = column * stride - before;
            int first = Math.max(0, -left);
            int last = Math.min(kernel, side - left);
            Arrays.fill(patch, 0);
            for (int y = Math.max(0, -top); y < Math.min(kernel, side - top); y++) {
                System.arraycopy(
                        values,
                        ((top + y) * side + left + first) * inputs,
                        patch,
                        (y * kernel + first) * inputs,
                        (last - first) * inputs);
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
                boolean relu = k < layers.length - 1;
                RowLayer product = RowKernels.layer(new Dense(weights, biases), relu);
                layers[k] = new Layer(side, kernel, stride, inputs, biases.length, product);
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
