package io.github.ram.service.model;

import io.github.ram.model.ImageShape;
import io.github.ram.model.checkpoint.Manifest;
import io.github.ram.model.image.digit.Preprocessor;

/**
 * The model that is served.
 *
 * @param manifest of its checkpoint
 * @param engine that runs it: {@code blas}, {@code onnxruntime} or {@code samediff}
 * @param backend of the engine: {@code cpu} or {@code cuda}
 * @param preprocessor reads image files into its pixels
 * @param predictor makes its predictions
 */
public record ServedModel(
        Manifest manifest, String engine, String backend, Preprocessor preprocessor, Predictor predictor) {

    /** The most rollouts M that are averaged for one image. */
    public static final int MOST_ROLLOUTS = 32;

    /** Returns the most rollouts that a request may ask for: 1 for a model without rollouts. */
    public int mostRollouts() {
        return manifest.model().glimpses() > 0 ? MOST_ROLLOUTS : 1;
    }

    /** Returns the shape of the input. */
    public ImageShape shape() {
        return manifest.model().image();
    }
}
