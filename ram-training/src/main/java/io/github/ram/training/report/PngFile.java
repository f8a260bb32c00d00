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
public record PngFile(int width, int height, byte[] file) {

    /** Returns a canvas as a picture. */
    public static PngFile of(BufferedImage drawn) {
        return new PngFile(drawn.getWidth(), drawn.getHeight(), GlimpseRenderer.png(drawn));
    }
}
