/**
 * Image files in, pictures out.
 *
 * <p>{@link io.github.ram.model.image.ImageDecoder} turns the bytes of a PNG, JPEG, BMP or GIF file
 * into the pixels a model reads: as they are, or made as MNIST was
 * ({@link io.github.ram.model.image.Preprocess}). The command line and the service share it, so that one file is one
 * array of pixels wherever it is sent. {@link io.github.ram.model.image.GlimpsePicture} goes the
 * other way: it draws where on an image the model has looked.
 *
 * <p>Nothing here needs a display, a font or a temporary file.
 */
package io.github.ram.model.image;
