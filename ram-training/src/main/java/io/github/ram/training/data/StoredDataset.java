package io.github.ram.training.data;

import io.github.ram.model.ImageShape;
import java.util.Locale;
import java.util.Objects;

/**
 * Labelled images in memory, immutable: one byte a pixel value and one label an image.
 *
 * <p>Images lie one after the other in the layout of {@link ImageShape}: element {@code e} of image {@code i} is byte
 * {@code i · shape.size() + e}. A {@link #slice} shares the storage of the whole.
 */
public final class StoredDataset implements Dataset {

    /** Labels are unsigned bytes. */
    public static final int MOST_CLASSES = 256;

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
    public StoredDataset(String name, ImageShape shape, int classes, byte[] pixels, byte[] labels) {
        this(name, shape, classes, pixels.clone(), labels.clone(), 0, labels.length);
        requireConsistent();
    }

    private StoredDataset(
            String name, ImageShape shape, int classes, byte[] pixels, byte[] labels, int first, int size) {
        this.name = Objects.requireNonNull(name, "name");
        this.shape = Objects.requireNonNull(shape, "shape");
        this.classes = classes;
        this.pixels = pixels;
        this.labels = labels;
        this.first = first;
        this.size = size;
    }

    /** As the public constructor, but keeps the arrays: the caller hands them over and forgets them. */
    public static StoredDataset owning(String name, ImageShape shape, int classes, byte[] pixels, byte[] labels) {
        StoredDataset dataset = new StoredDataset(name, shape, classes, pixels, labels, 0, labels.length);
        dataset.requireConsistent();
        return dataset;
    }

    private void requireConsistent() {
        if (classes < 1 || classes > MOST_CLASSES) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s: classes must be in [1, %d], got %d", name, MOST_CLASSES, classes));
        }
        if (size == 0) {
            throw new IllegalArgumentException(name + ": a data set must hold at least one image");
        }
        long expected = (long) size * shape.size();
        if (pixels.length != expected) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s: %d labels of %s images need %d pixel values, got %d",
                    name,
                    size,
                    shape,
                    expected,
                    pixels.length));
        }
        for (int i = 0; i < size; i++) {
            if (label(i) >= classes) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "%s: label of image %d must be in [0, %d], got %d",
                        name,
                        i,
                        classes - 1,
                        label(i)));
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ImageShape shape() {
        return shape;
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int label(int i) {
        return Byte.toUnsignedInt(labels[first + Objects.checkIndex(i, size)]);
    }

    @Override
    public void copyPixels(int i, byte[] target, int offset) {
        System.arraycopy(pixels, begin(i), target, offset, shape.size());
    }

    /** Where image {@code i} begins in {@link #pixels}. */
    public int begin(int i) {
        return (first + Objects.checkIndex(i, size)) * shape.size();
    }

    /** All pixels there are, not to be changed. */
    public byte[] pixels() {
        return pixels;
    }

    /**
     * Images {@code from} (inclusive) to {@code to} (exclusive), sharing this data set's storage.
     *
     * @throws IndexOutOfBoundsException if the range reaches outside 0..size
     * @throws IllegalArgumentException if the range is empty
     */
    public StoredDataset slice(int from, int to) {
        Objects.checkFromToIndex(from, to, size);
        if (from == to) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s: slice [%d, %d) is empty", name, from, to));
        }
        return new StoredDataset(name, shape, classes, pixels, labels, first + from, to - from);
    }

    /** A copy of the chosen images, in the order of {@code indices}. */
    public StoredDataset select(String name, int[] indices) {
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
        return String.format(Locale.ROOT, "%s (%d images of %s, %d classes)", name, size, shape, classes);
    }
}
