/**
 * Image files in, pixels out.
 *
 * <p>{@link io.github.ram.model.image.decode.ImageDecoder} turns the bytes of a file into a {@link
 * io.github.ram.model.image.decode.DecodedImage}: it checks the file's structure and the limits, removes
 * metadata, decodes the pixels and turns the picture upright. The package writes no temporary file.
 */
package io.github.ram.model.image.decode;
