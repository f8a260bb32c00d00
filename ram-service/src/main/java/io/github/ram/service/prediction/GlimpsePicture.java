package io.github.ram.service.prediction;

import io.github.ram.model.Box;
import io.github.ram.model.ImageShape;
import io.github.ram.model.Prediction;
import io.github.ram.model.image.draw.GlimpseRenderer;
import java.util.List;

/**
 * A model's input with its glimpses.
 *
 * @param pixels unsigned bytes, laid out as {@link ImageShape} says
 * @param shape of the input
 * @param glimpses their boxes in pixels of the input
 */
record GlimpsePicture(byte[] pixels, ImageShape shape, List<Prediction.Glimpse> glimpses) {

    /** Enlarged, with the glimpses drawn on it in order, as a PNG file. */
    byte[] png() {
        List<Box> boxes = glimpses.stream().map(Prediction.Glimpse::box).toList();
        return GlimpseRenderer.png(new GlimpseRenderer(shape).draw(pixels, boxes));
    }
}
