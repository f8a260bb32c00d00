package io.github.ram.model.engine;

import io.github.ram.model.Normalisation;
import java.util.Objects;

/**
 * An image whose class is asked for.
 *
 * @param input [H, W, C], each normalised by {@link Normalisation#apply}
 * @param rollouts M, in [1, 1000]: how many rollouts' probabilities are averaged
 */
public record Query(float[] input, int rollouts) {

    public Query {
        Objects.requireNonNull(input, "input");
        if (rollouts < 1 || rollouts > 1000) {
            throw new IllegalArgumentException("rollouts must be in [1, 1000], got " + rollouts);
        }
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
