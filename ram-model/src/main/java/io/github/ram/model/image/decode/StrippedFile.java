package io.github.ram.model.image.decode;

/**
 * An image file without metadata: see {@link ImageFormat#strip(byte[])}.
 *
 * @param file what the pixels of the first image are made of
 * @param orientation how its image is to be turned
 * @param isCmyk whether it is a JPEG file of four colour components
 */
record StrippedFile(byte[] file, Orientation orientation, boolean isCmyk) {

    static StrippedFile upright(byte[] file) {
        return new StrippedFile(file, Orientation.UPRIGHT, false);
    }
}
