package io.github.ram.service.model;

import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.engine.Classifier;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;

/**
 * Predicts once while Spring starts, on the other core. What takes the time is not the model: ND4J loads its
 * native libraries and some thousand classes, and finds them ready when the model to be served is loaded.
 */
final class ModelPreinitializer implements BackgroundPreinitializer {

    @Override
    public void preinitialize() {
        Checkpoint bundled = Checkpoint.bundled();
        try (Classifier classifier = new Classifier(bundled.model(), bundled.engine())) {
            classifier.predict(new byte[bundled.model().network().image().size()]);
        }
    }
}
