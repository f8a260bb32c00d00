package io.github.ram.service.prediction;

/**
 * An image as a client sent it.
 *
 * @param bytes of an image file, or the pixels of one of the model's own shape: unsigned bytes, laid out as
 *     {@link io.github.ram.model.ImageShape} says
 * @param isFile whether the bytes are a file
 */
record SentImage(byte[] bytes, boolean isFile) {

    static SentImage file(byte[] file) {
        return new SentImage(file, true);
    }

    static SentImage pixels(byte[] pixels) {
        return new SentImage(pixels, false);
    }
}
