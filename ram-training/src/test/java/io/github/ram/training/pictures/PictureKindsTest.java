package io.github.ram.training.pictures;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.Classifier;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.image.decode.ImageException;
import io.github.ram.model.image.decode.ImageLimits;
import io.github.ram.model.image.digit.PreprocessingMode;
import io.github.ram.model.image.digit.Preprocessor;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.Pictures;
import io.github.ram.training.data.Split;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The bundled model reads pictures of every kind. */
class PictureKindsTest {

    private static final int PICTURES = 120;

    /** The margin for the digits that this program draws: the model was not trained on them. */
    private static final double DRAWN_MARGIN = 0.12;

    private static final Dataset DIGITS = digits();
    private static final Checkpoint CHECKPOINT = Checkpoint.bundled();
    private static final Preprocessor PREPROCESSOR =
            new Preprocessor(CHECKPOINT.model().image(), ImageLimits.DEFAULT);

    @ParameterizedTest
    @EnumSource
    void digitsAreRead(PictureKind kind) {
        int right = 0;
        try (Classifier classifier = CHECKPOINT.classifier()) {
            for (int i = 0; i < PICTURES; i++) {
                right += reads(classifier, kind, i) ? 1 : 0;
            }
        }
        double least = kind.least - (Digits.hasMnist() ? 0 : DRAWN_MARGIN);
        assertTrue(right >= least * PICTURES, kind + ": " + right + " of " + PICTURES);
    }

    private static boolean reads(Classifier classifier, PictureKind kind, int i) {
        byte[] file = Pictures.png(kind.draw(Digits.pixels(DIGITS, i), new Random(i)));
        try {
            byte[] pixels = PREPROCESSOR.prepare(file, PreprocessingMode.AUTO).pixels();
            return classifier.predict(CHECKPOINT.model().query(pixels, 1)).classIndex() == DIGITS.label(i);
        } catch (ImageException e) {
            return false;
        }
    }

    /** MNIST's test images, or digits that this program draws. */
    private static Dataset digits() {
        return Digits.hasMnist() ? Digits.mnist(Split.TEST) : Digits.drawn(Split.TEST);
    }
}
