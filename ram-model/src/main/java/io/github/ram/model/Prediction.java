package io.github.ram.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What a model made of one image.
 *
 * @param classIndex the class of the highest probability, from 0
 * @param label its name
 * @param confidence its probability
 * @param probabilities of every class; they add up to 1
 * @param glimpses where the model looked, in order
 */
public record Prediction(
        @JsonProperty("class") int classIndex,
        String label,
        float confidence,
        List<Float> probabilities,
        List<Glimpse> glimpses) {

    public Prediction {
        probabilities = List.copyOf(probabilities);
        glimpses = List.copyOf(glimpses);
    }

    /**
     * One look at the image.
     *
     * @param step t, from 1
     * @param x location from -1, the left edge, to 1, the right edge
     * @param y location from -1, the top edge, to 1, the bottom edge
     * @param box the finest patch, in pixels of the model's input
     * @param probabilities of every class after this look; null unless they were asked for
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

        /** A look after which nobody asked for the probabilities. */
        public Glimpse(int step, float x, float y, Box box) {
            this(step, x, y, box, null);
        }
    }
}
