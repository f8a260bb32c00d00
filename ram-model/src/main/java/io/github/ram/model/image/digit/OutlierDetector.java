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

    private static final ThreadLocal<Memory> MEMORY = ThreadLocal.withInitial(Memory::new);

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

        int sideAfter() {
            return (side + stride - 1) / stride;
        }

        /** Side of the image with the zeros around it. */
        int paddedSide() {
            return Math.max(side, (sideAfter() - 1) * stride + kernel);
        }

        /** Rows of zeros before the image, and columns. */
        int before() {
            return (paddedSide() - side) / 2;
        }

        int patchLength() {
            return kernel * kernel * inputs;
        }
    }

    /** Working memory of one layer. Its image has zeros around it. */
    private static final class LayerMemory {

        /** The most groups that {@link RowGroup#ROWS} rows and fewer make: of 4, 2 and 1 row. */
        private static final int GROUPS = 3;

        private final Layer layer;
        private final float[] image; // [paddedSide, paddedSide, inputs]
        private final float[][] patches;
        private final float[][] sums;
        private final RowGroup[] groups;

        LayerMemory(Layer layer) {
            this.layer = layer;
            image = new float[layer.paddedSide() * layer.paddedSide() * layer.inputs()];
            int rows = Math.min(layer.sideAfter() * layer.sideAfter(), RowGroup.ROWS);
            patches = new float[rows][layer.patchLength()];
            sums = new float[rows][RowKernels.padded(layer.outputs())];
            groups = new RowGroup[Math.min(rows, GROUPS)];
            Arrays.setAll(groups, i -> new RowGroup(rows, layer.patchLength()));
        }

        /** Index of a pixel's first channel in the image. */
        int at(int row, int column) {
            return ((layer.before() + row) * layer.paddedSide() + layer.before() + column) * layer.inputs();
        }

        /** Writes the result into the image of the next layer. The last layer's, of one output, stays in {@code sums[0]}. */
        void apply(LayerMemory next) {
            int after = layer.sideAfter();
            int count = after * after;
            for (int from = 0; from < count; from += patches.length) {
                int n = Math.min(patches.length, count - from);
                for (int i = 0; i < n; i++) {
                    copyPatch((from + i) / after, (from + i) % after, patches[i]);
                }
                layer.product().apply(patches, n, sums, groups);
                for (int i = 0; i < n && next != null; i++) {
                    int to = next.at((from + i) / after, (from + i) % after);
                    System.arraycopy(sums[i], 0, next.image, to, layer.outputs());
                }
            }
        }

        /** Copies what an output sees [kernel, kernel, inputs]. */
        private void copyPatch(int row, int column, float[] patch) {
            int width = layer.paddedSide() * layer.inputs();
            int length = layer.kernel() * layer.inputs();
            int from = row * layer.stride() * width + column * layer.stride() * layer.inputs();
            for (int y = 0; y < layer.kernel(); y++) {
                System.arraycopy(image, from + y * width, patch, y * length, length);
            }
        }
    }

    /** Working memory of one thread. */
    private static final class Memory {

        private final LayerMemory[] layers =
                Arrays.stream(LAYERS).map(LayerMemory::new).toArray(LayerMemory[]::new);

        /** Returns the logits of an image [28, 28], from element 0 on. */
        float[] logits(byte[] pixels) {
            LayerMemory first = layers[0];
            for (int y = 0; y < SIDE; y++) {
                int to = first.at(y, 0);
                for (int x = 0; x < SIDE; x++) {
                    first.image[to + x] = (pixels[y * SIDE + x] & 0xFF) / 255f;
                }
            }
            for (int k = 0; k < layers.length; k++) {
                layers[k].apply(k + 1 < layers.length ? layers[k + 1] : null);
            }
            return layers[layers.length - 1].sums[0];
        }
    }

    /**
     * Whether an image shows something else than a digit.
     *
     * @param pixels unsigned bytes [28, 28], light on black
     */
    static boolean isOutlier(byte[] pixels) {
        float[] logits = MEMORY.get().logits(pixels);
        double digit = 0;
        double other = 0;
        for (int k = 0; k < LAYERS[LAYERS.length - 1].outputs(); k++) {
            double odds = Math.exp(logits[k]);
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
