package io.github.ram.model;

import java.util.List;
import java.util.Locale;

/**
 * The weight that a soft-attention layer gave each position of its feature map.
 *
 * @param layer name of the layer, such as {@code layer3.nonlocal}
 * @param height rows of the map
 * @param width columns of the map
 * @param weights [height, width], each at least 0
 */
public record AttentionMap(String layer, int height, int width, List<Float> weights) {

    public AttentionMap {
        weights = List.copyOf(weights);
        if (weights.size() != height * width) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "weights must have %d × %d values, got %d", height, width, weights.size()));
        }
    }
}
