package io.github.ram.training.loop;

import io.github.ram.model.LossTerms;
import java.util.Objects;

/**
 * The part of an epoch that has been trained.
 *
 * @param steps done, from 0
 * @param images in them
 * @param terms of the loss, summed over the images and divided by the number of all images of the epoch
 * @param seconds that it took
 */
public record PartialEpoch(int steps, int images, LossTerms terms, double seconds) {

    /** Nothing yet. */
    public static final PartialEpoch NONE = new PartialEpoch(0, 0, LossTerms.NONE, 0);

    public PartialEpoch {
        Objects.requireNonNull(terms, "terms");
    }

    /** With one more step. */
    PartialEpoch plus(int batch, LossTerms step, int epochImages, double duration) {
        return new PartialEpoch(
                steps + 1, images + batch, terms.plus(step, (double) batch / epochImages), seconds + duration);
    }
}
