package io.github.ram.service.prediction;

import io.github.ram.model.AttentionMap;
import io.github.ram.model.Box;
import io.github.ram.model.ImageShape;
import io.github.ram.model.Prediction;
import io.github.ram.model.image.draw.GlimpseRenderer;
import java.util.List;

/**
 * A model's input with where the model looked.
 *
 * @param pixels unsigned bytes, laid out as {@link ImageShape} says
 * @param shape of the input
 * @param glimpses their boxes in pixels of the input; empty for soft attention
 * @param attention the maps of soft attention; empty for a model with glimpses, and without {@code explain}
 */
record GlimpsePicture(
        byte[] pixels, ImageShape shape, List<Prediction.Glimpse> glimpses, List<AttentionMap> attention) {

    /** Enlarged, with the glimpses drawn on it in order, or under each attention map, as a PNG file. */
    byte[] png() {
        GlimpseRenderer renderer = new GlimpseRenderer(shape);
        if (!attention.isEmpty()) {
            return GlimpseRenderer.png(renderer.drawAttention(pixels, attention));
        }
        List<Box> boxes = glimpses.stream().map(Prediction.Glimpse::box).toList();
        return GlimpseRenderer.png(renderer.draw(pixels, boxes));
    }
}
