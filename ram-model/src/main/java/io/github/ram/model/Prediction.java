package io.github.ram.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The answer of a model to one image.
 *
 * @param classIndex the class of the highest probability, from 0
 * @param label its name
 * @param confidence its probability
 * @param probabilities of every class; they add up to 1
 * @param glimpses where the model looked, in order; empty for a model of soft attention
 * @param attention the maps of a model of soft attention; empty unless they were asked for
 */
public record Prediction(
        @JsonProperty("class") int classIndex,
        String label,
        float confidence,
        List<Float> probabilities,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Glimpse> glimpses,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<AttentionMap> attention) {

    public Prediction {
        attention = List.copyOf(attention);
        probabilities = List.copyOf(probabilities);
        glimpses = List.copyOf(glimpses);
    }

    /**
     * One glimpse at the image.
     *
     * @param step t, from 1
     * @param x location from -1, the left edge, to 1, the right edge
     * @param y location from -1, the top edge, to 1, the bottom edge
     * @param box the finest patch, in pixels of the model's input
     * @param probabilities of every class after this glimpse; null unless they were asked for
     */
    public record Glimpse(
            int step,
            float x,
            float y,
            Box box,
            @JsonInclude(JsonInclude.Include.NON_NULL) List<Float> probabilities) {

        public Glimpse {
            probabilities = probabilities == null ? null : List.copyOf(probabilities);
        }

        /** A glimpse without probabilities. */
        public Glimpse(int step, float x, float y, Box box) {
            this(step, x, y, box, null);
        }
    }
}
