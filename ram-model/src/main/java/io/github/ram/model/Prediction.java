package io.github.ram.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The prediction of a model for one image.
 *
 * @param classIndex index of the most probable class, from 0
 * @param label name of that class
 * @param confidence probability of that class
 * @param agreement share of the rollouts that named that class; null for one rollout and for a model without rollouts
 * @param probabilities probability of every class, whose sum is 1; empty after {@link #brief}
 * @param glimpses the glimpses in order; empty for a model with soft attention
 * @param attention attention maps of a model with soft attention; empty without {@link Query#explained}
 */
public record Prediction(
        @JsonProperty("class") int classIndex,
        String label,
        float confidence,
        @JsonInclude(JsonInclude.Include.NON_NULL) Float agreement,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Float> probabilities,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Glimpse> glimpses,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<AttentionMap> attention) {

    public Prediction {
        attention = List.copyOf(attention);
        probabilities = List.copyOf(probabilities);
        glimpses = List.copyOf(glimpses);
    }

    /** Returns the indices of the n most probable classes, the most probable first; of equals the lowest index first. */
    public Stream<Integer> likeliest(int n) {
        return IntStream.range(0, probabilities.size())
                .boxed()
                .sorted(Comparator.comparing(probabilities::get, Comparator.reverseOrder()))
                .limit(n);
    }

    /** Returns the prediction without the probabilities of all classes. */
    public Prediction brief() {
        return new Prediction(classIndex, label, confidence, agreement, List.of(), glimpses, attention);
    }

    /**
     * One glimpse of the image.
     *
     * @param step t, from 1
     * @param x horizontal location, from -1 (left edge) to 1 (right edge)
     * @param y vertical location, from -1 (top edge) to 1 (bottom edge)
     * @param box area of the finest patch, in pixels of the model's input
     * @param probabilities probability of every class after this glimpse; null without {@link Query#explained}
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
