package io.github.ram.model.image.digit;

/**
 * An image as a model takes it.
 *
 * @param pixels unsigned bytes 0 (black) to 255, laid out as {@link io.github.ram.model.ImageShape} says
 * @param origin where in the picture the pixels are from, and how they were made
 */
public record ModelInput(byte[] pixels, InputOrigin origin) {}
