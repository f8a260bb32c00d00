package io.github.ram.service.model;

import io.github.ram.model.ImageShape;
import io.github.ram.model.checkpoint.Manifest;
import io.github.ram.model.image.digit.Preprocessor;

/**
 * A model ready to answer.
 *
 * @param manifest what it says of itself
 * @param engine what runs it: {@code blas} or {@code samediff}
 * @param backend what that runs on: {@code cpu} or {@code cuda}
 * @param preprocessor reads image files into its pixels
 * @param predictor makes its predictions
 */
public record ServedModel(
        Manifest manifest, String engine, String backend, Preprocessor preprocessor, Predictor predictor) {

    /** M, the rollouts that are averaged for one image, is at most this. */
    public static final int MOST_ROLLOUTS = 32;

    /** The shape of its input. */
    public ImageShape shape() {
        return manifest.model().image();
    }
}
