package io.github.ram.training.report;

import io.github.ram.model.image.draw.GlimpseRenderer;
import java.awt.image.BufferedImage;

/**
 * A picture as a PNG file.
 *
 * @param width in pixels
 * @param height in pixels
 * @param file bytes of the PNG file
 */
public record Picture(int width, int height, byte[] file) {

    /** Returns a canvas as a picture. */
    public static Picture of(BufferedImage drawn) {
        return new Picture(drawn.getWidth(), drawn.getHeight(), GlimpseRenderer.png(drawn));
    }
}
