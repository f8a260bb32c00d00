package io.github.ram.model;

import java.util.Objects;

/**
 * A question for the class of an image.
 *
 * @param input [H, W, C], each normalised by {@link Normalisation#apply}
 * @param rollouts M, in [1, 1000]: rollouts whose probabilities are averaged; a family without rollouts ignores the number
 * @param explained whether the prediction also explains itself: by the probabilities after each glimpse, or by attention maps
 */
public record Query(float[] input, int rollouts, boolean explained) {

    public Query {
        Objects.requireNonNull(input, "input");
        if (rollouts < 1 || rollouts > 1000) {
            throw new IllegalArgumentException("rollouts must be in [1, 1000], got " + rollouts);
        }
    }

    /** A query without an explanation. */
    public Query(float[] input, int rollouts) {
        this(input, rollouts, false);
    }

    /** The same query with an explanation. */
    public Query explainedToo() {
        return new Query(input, rollouts, true);
    }

    /**
     * A query about an image of bytes.
     *
     * @param pixels [H, W, C], each an unsigned byte, 0 the background
     * @param table of the model's normalisation: {@link Normalisation#table}
     */
    public static Query of(byte[] pixels, float[] table, int rollouts) {
        float[] input = new float[pixels.length];
        Normalisation.apply(table, pixels, 0, input, 0, input.length);
        return new Query(input, rollouts);
    }
}
