package io.github.ram.training.data;

import io.github.ram.model.ImageShape;

/**
 * Labelled images: one byte a pixel value (0..255 unsigned, 0 the background), in the layout of {@link ImageShape}, and
 * one label an image. May be read by many threads at a time.
 */
public interface Dataset {

    /** What the images are, for messages, such as {@code mnist test}. */
    String name();

    /** The shape of every image. */
    ImageShape shape();

    /** Number of classes K; labels are in 0..K-1. */
    int classes();

    /** Number of images, at least 1. */
    int size();

    /**
     * The class of image {@code i}, in 0..K-1.
     *
     * @throws IndexOutOfBoundsException if there is no such image
     */
    int label(int i);

    /**
     * Copies the pixels of image {@code i}, {@code shape().size()} unsigned bytes, into {@code target} from
     * {@code offset} on. The same image is the same every time.
     *
     * @throws IndexOutOfBoundsException if there is no such image, or {@code target} has no room for it there
     */
    void copyPixels(int i, byte[] target, int offset);

    /**
     * The images for one more pass over them: those that are drawn are drawn anew, others stay as they are. Number and
     * labels stay too.
     *
     * @param seed the same seed draws the same images
     */
    default Dataset redrawn(long seed) {
        return this;
    }
}
