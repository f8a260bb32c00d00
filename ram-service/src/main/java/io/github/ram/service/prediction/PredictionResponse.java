package io.github.ram.service.prediction;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.ram.model.checkpoint.Manifest;

/**
 * The answer to one image: the prediction as every part of the project writes it, and who made it.
 *
 * <p>As JSON it is the reading and the model; as a picture, {@link GlimpsePictureConverter} draws it.
 *
 * @param reading its members stand at the top level
 * @param model which model made it
 * @param picture the glimpses on the model's input
 */
record PredictionResponse(
        @JsonUnwrapped Reading reading,
        Model model,
        @JsonIgnore GlimpsedImage picture) {

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
