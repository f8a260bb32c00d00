package io.github.ram.model.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.ram.model.Prediction;
import io.github.ram.model.RolloutGraph;
import io.github.ram.model.TestModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifierTest {

    @Test
    void thePredictionHasWhatTheRolloutSaw() {
        try (Classifier classifier = classifier()) {
            Prediction prediction = classifier.predict(TestModels.pixels(TestModels.ODD, 1));

            assertEquals(5, prediction.probabilities().size());
            assertEquals(
                    1, prediction.probabilities().stream().mapToDouble(p -> p).sum(), 1e-5);
            assertEquals(prediction.confidence(), prediction.probabilities().get(prediction.classIndex()));
            assertEquals(Integer.toString(prediction.classIndex()), prediction.label());
            assertEquals(4, prediction.glimpses().size());
            // The start (0.1, -0.3) on 17 columns and 11 rows: floor(9.35) − 1 and floor(3.85) − 1
            assertEquals(
                    new Prediction.Glimpse(1, 0.1f, -0.3f, new Prediction.Box(8, 2, 3, 3)),
                    prediction.glimpses().get(0));
            assertEquals(4, prediction.glimpses().get(3).step());
        }
    }

    @Test
    void theSamePixelsGiveTheSamePredictionWhateverCameBetween() {
        try (Classifier classifier = classifier();
                Classifier other = classifier()) {
            Prediction first = classifier.predict(TestModels.pixels(TestModels.ODD, 1));
            classifier.predict(TestModels.pixels(TestModels.ODD, 2));
            assertEquals(first, classifier.predict(TestModels.pixels(TestModels.ODD, 1)));
            assertEquals(first, other.predict(TestModels.pixels(TestModels.ODD, 1)));
        }
    }

    @Test
    void normalisedPixelsGiveThePredictionThatTheirBytesGive() {
        byte[] pixels = TestModels.pixels(TestModels.ODD, 1);
        float[] input = new float[pixels.length];
        for (int i = 0; i < input.length; i++) {
            input[i] = TestModels.spec(TestModels.ODD).input().apply((pixels[i] & 0xff) / 255.0);
        }
        try (Classifier classifier = classifier()) {
            assertEquals(classifier.predict(pixels), classifier.predict(input));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 560, 562})
    void anotherNumberOfPixelsIsRefused(int length) {
        try (Classifier classifier = classifier()) {
            assertEquals(
                    "an image of this model has 561 pixels (11×17×3), got " + length,
                    assertThrows(IllegalArgumentException.class, () -> classifier.predict(new byte[length]))
                            .getMessage());
        }
    }

    private static Classifier classifier() {
        return new Classifier(
                TestModels.spec(TestModels.ODD),
                new SameDiffEngine(TestModels.ODD, RolloutGraph.build(TestModels.weights(TestModels.ODD, 4), -0.5)));
    }
}
