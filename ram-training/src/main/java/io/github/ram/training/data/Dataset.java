package io.github.ram.training.data;

import io.github.ram.model.ImageShape;
import java.util.Objects;

/**
 * Labelled images, immutable: one byte a pixel value (0..255 unsigned, 0 the background) and one label an image.
 *
 * <p>Images lie one after the other in the layout of {@link ImageShape}: element {@code e} of image {@code i} is byte
 * {@code i · shape.size() + e}. A {@link #slice} shares the storage of the whole.
 */
public final class Dataset {

    /** Labels are unsigned bytes. */
    private static final int MOST_CLASSES = 256;

    private final String name;
    private final ImageShape shape;
    private final int classes;
    private final byte[] pixels;
    private final byte[] labels;
    private final int first;
    private final int size;

    /**
     * Labelled images; the arrays are copied.
     *
     * @param name what the images are, for messages, such as {@code mnist test}
     * @param shape the shape of every image
     * @param classes number of classes K, 1 to 256
     * @param pixels N · {@code shape.size()} unsigned bytes, N at least 1
     * @param labels N unsigned bytes, each in 0..K-1
     * @throws IllegalArgumentException if a value is out of range or the lengths do not agree
     */
    public Dataset(String name, ImageShape shape, int classes, byte[] pixels, byte[] labels) {
        this(name, shape, classes, pixels.clone(), labels.clone(), 0, labels.length);
        requireConsistent();
    }

    private Dataset(String name, ImageShape shape, int classes, byte[] pixels, byte[] labels, int first, int size) {
        this.name = Objects.requireNonNull(name, "name");
        this.shape = Objects.requireNonNull(shape, "shape");
        this.classes = classes;
        this.pixels = pixels;
        this.labels = labels;
        this.first = first;
        this.size = size;
    }

    /** As the public constructor, but keeps the arrays: the caller hands them over and forgets them. */
    static Dataset owning(String name, ImageShape shape, int classes, byte[] pixels, byte[] labels) {
        Dataset dataset = new Dataset(name, shape, classes, pixels, labels, 0, labels.length);
        dataset.requireConsistent();
        return dataset;
    }

    private void requireConsistent() {
        if (classes < 1 || classes > MOST_CLASSES) {
            throw new IllegalArgumentException(
                    "%s: classes must be in [1, %d], got %d".formatted(name, MOST_CLASSES, classes));
        }
        if (size == 0) {
            throw new IllegalArgumentException(name + ": a data set must hold at least one image");
        }
        long expected = (long) size * shape.size();
        if (pixels.length != expected) {
            throw new IllegalArgumentException("%s: %d labels of %s images need %d pixel values, got %d"
                    .formatted(name, size, shape, expected, pixels.length));
        }
        for (int i = 0; i < size; i++) {
            if (label(i) >= classes) {
                throw new IllegalArgumentException(
                        "%s: label of image %d must be in [0, %d], got %d".formatted(name, i, classes - 1, label(i)));
            }
        }
    }

    /** What the images are, for messages. */
    public String name() {
        return name;
    }

    /** The shape of every image. */
    public ImageShape shape() {
        return shape;
    }

    /** Number of classes K; labels are in 0..K-1. */
    public int classes() {
        return classes;
    }

    /** Number of images, at least 1. */
    public int size() {
        return size;
    }

    /**
     * The class of image {@code i}, in 0..K-1.
     *
     * @throws IndexOutOfBoundsException if there is no such image
     */
    public int label(int i) {
        return Byte.toUnsignedInt(labels[first + Objects.checkIndex(i, size)]);
    }

    /**
     * Copies the pixels of image {@code i}, {@code shape().size()} unsigned bytes, into {@code target} from
     * {@code offset} on. Allocates nothing.
     *
     * @throws IndexOutOfBoundsException if there is no such image, or {@code target} has no room for it there
     */
    public void copyPixels(int i, byte[] target, int offset) {
        int image = shape.size();
        System.arraycopy(pixels, (first + Objects.checkIndex(i, size)) * image, target, offset, image);
    }

    /**
     * Images {@code from} (inclusive) to {@code to} (exclusive), sharing this data set's storage.
     *
     * @throws IndexOutOfBoundsException if the range reaches outside 0..size
     * @throws IllegalArgumentException if the range is empty
     */
    public Dataset slice(int from, int to) {
        Objects.checkFromToIndex(from, to, size);
        if (from == to) {
            throw new IllegalArgumentException("%s: slice [%d, %d) is empty".formatted(name, from, to));
        }
        return new Dataset(name, shape, classes, pixels, labels, first + from, to - from);
    }

    /** A copy of the chosen images, in the order of {@code indices}. */
    Dataset select(String name, int[] indices) {
        byte[] chosenPixels = new byte[Math.multiplyExact(indices.length, shape.size())];
        byte[] chosenLabels = new byte[indices.length];
        for (int i = 0; i < indices.length; i++) {
            copyPixels(indices[i], chosenPixels, i * shape.size());
            chosenLabels[i] = (byte) label(indices[i]);
        }
        return owning(name, shape, classes, chosenPixels, chosenLabels);
    }

    /** For messages: name, number of images, shape, number of classes. */
    @Override
    public String toString() {
        return "%s (%d images of %s, %d classes)".formatted(name, size, shape, classes);
    }
}
