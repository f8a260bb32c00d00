package io.github.ram.model.image;

/**
 * What is used of an image file: see {@link ImageFormat#essentials(byte[])}.
 *
 * @param file the file without the rest
 * @param orientation how its image is to be turned
 */
record Essentials(byte[] file, Orientation orientation) {

    static Essentials upright(byte[] file) {
        return new Essentials(file, Orientation.UPRIGHT);
    }
}
