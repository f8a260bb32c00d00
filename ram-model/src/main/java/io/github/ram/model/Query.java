package io.github.ram.model;

import java.util.Objects;

/**
 * A request to classify one image.
 *
 * @param input pixels [H, W, C], normalised by {@link Normalisation#apply}
 * @param rollouts M, the rollouts whose probabilities are averaged, in [1, 1000]; a family without rollouts ignores M
 * @param explained whether the prediction includes an explanation: probabilities per glimpse, or attention maps
 */
public record Query(float[] input, int rollouts, boolean explained) {

    public Query {
        Objects.requireNonNull(input, "input");
        Check.inRange("rollouts", 1, 1000, rollouts);
    }

    /** Creates a query without an explanation. */
    public Query(float[] input, int rollouts) {
        this(input, rollouts, false);
    }

    /** Returns this query with an explanation. */
    public Query explainedToo() {
        return new Query(input, rollouts, true);
    }

    /**
     * Returns a query for an image of bytes.
     *
     * @param pixels unsigned bytes [H, W, C], where 0 is the background
     * @param table the model's {@link Normalisation#table}
     * @param rollouts M, in [1, 1000]
     */
    public static Query of(byte[] pixels, float[] table, int rollouts) {
        float[] input = new float[pixels.length];
        Normalisation.apply(table, pixels, 0, input, 0, input.length);
        return new Query(input, rollouts);
    }
}
