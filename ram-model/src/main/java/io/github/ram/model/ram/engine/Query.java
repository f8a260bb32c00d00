package io.github.ram.model.ram.engine;

import io.github.ram.model.Normalisation;
import java.util.Objects;

/**
 * An image whose class is asked for.
 *
 * @param input [H, W, C], each normalised by {@link Normalisation#apply}
 * @param rollouts M, in [1, 1000]: how many rollouts' probabilities are averaged
 * @param stepwise whether the probabilities after each glimpse of the greedy rollout are wanted too
 */
public record Query(float[] input, int rollouts, boolean stepwise) {

    public Query {
        Objects.requireNonNull(input, "input");
        if (rollouts < 1 || rollouts > 1000) {
            throw new IllegalArgumentException("rollouts must be in [1, 1000], got " + rollouts);
        }
    }

    /** A query about the outcome alone. */
    public Query(float[] input, int rollouts) {
        this(input, rollouts, false);
    }

    /** The same query, about the way to the outcome too. */
    public Query inSteps() {
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
        for (int i = 0; i < input.length; i++) {
            input[i] = table[pixels[i] & 0xff];
        }
        return new Query(input, rollouts);
    }
}
