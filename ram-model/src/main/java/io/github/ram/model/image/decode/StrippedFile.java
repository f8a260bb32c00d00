package io.github.ram.model.image.decode;

/**
 * An image file without metadata: see {@link ImageFormat#strip(byte[])}.
 *
 * @param file what the pixels of the first image are made of
 * @param orientation how its image is to be turned
 */
record StrippedFile(byte[] file, Orientation orientation) {

    static StrippedFile upright(byte[] file) {
        return new StrippedFile(file, Orientation.UPRIGHT);
    }
}
