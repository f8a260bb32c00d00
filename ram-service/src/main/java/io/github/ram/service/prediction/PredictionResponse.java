package io.github.ram.service.prediction;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.ram.model.Prediction;
import io.github.ram.model.checkpoint.Manifest;

/**
 * The answer to one image: the prediction as every part of the project writes it, and who made it.
 *
 * @param prediction its members stand at the top level
 * @param model which model made it
 */
record PredictionResponse(@JsonUnwrapped Prediction prediction, Model model) {

    static PredictionResponse of(Prediction prediction, Manifest manifest) {
        return new PredictionResponse(prediction, Model.of(manifest));
    }

    /**
     * A model, told from all others.
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
