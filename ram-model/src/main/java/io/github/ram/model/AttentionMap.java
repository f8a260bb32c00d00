package io.github.ram.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;

/**
 * The weight that a soft-attention layer gave each position of its feature map.
 *
 * @param layer name of the layer, such as {@code layer3.nonlocal}
 * @param height rows of the map
 * @param width columns of the map
 * @param weights [height, width], each at least 0
 * @param channels the weights w = |γ|/Σ|γ| of the channels, whose sum is 1, in the same block; they are the same for every
 *     image. Empty for a block that weighs positions only
 */
public record AttentionMap(
        String layer,
        int height,
        int width,
        List<Float> weights,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Float> channels) {

    public AttentionMap {
        channels = List.copyOf(channels);
        weights = List.copyOf(weights);
        if (weights.size() != height * width) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "weights must have %d × %d values, got %d", height, width, weights.size()));
        }
    }
}
