package io.github.ram.service.prediction;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.ram.model.checkpoint.Manifest;

/**
 * The answer to one image, which is written as JSON, or as a picture by {@link GlimpsePictureConverter}.
 *
 * @param prediction its members stand at the top level
 * @param model the model that made the prediction
 * @param picture the glimpses on the model's input
 */
record PredictionResponse(
        @JsonUnwrapped ImagePrediction prediction,
        Model model,
        @JsonIgnore GlimpsePicture picture) {

    /**
     * Identifies a model.
     *
     * @param name such as {@code ram-mnist}
     * @param version the first digits of its graph's SHA-256
     */
    record Model(String name, String version) {

        static Model of(Manifest manifest) {
            return new Model(manifest.name(), manifest.version());
        }
    }
}
