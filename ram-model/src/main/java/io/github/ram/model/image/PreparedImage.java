package io.github.ram.model.image;

/**
 * A picture as a model reads it.
 *
 * @param pixels unsigned bytes 0 (black) to 255, laid out as {@link io.github.ram.model.ImageShape} says
 * @param preprocessing how they came about
 */
public record PreparedImage(byte[] pixels, Preprocessing preprocessing) {}
