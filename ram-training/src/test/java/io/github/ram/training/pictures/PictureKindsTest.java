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
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
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
            new Preprocessor(CHECKPOINT.model().image(), ImageLimits.DEFAULT).withoutWarnings();

    @ParameterizedTest
    @EnumSource
    void digitsAreRead(PictureKind kind) {
        List<byte[]> inputs = IntStream.range(0, PICTURES)
                .parallel()
                .mapToObj(i -> input(kind, i))
                .toList();
        int right = 0;
        try (Classifier classifier = CHECKPOINT.classifier()) {
            for (int i = 0; i < PICTURES; i++) {
                right += reads(classifier, inputs.get(i), DIGITS.label(i)) ? 1 : 0;
            }
        }
        double least = kind.least - (Digits.hasMnist() ? 0 : DRAWN_MARGIN);
        assertTrue(right >= least * PICTURES, kind + ": " + right + " of " + PICTURES);
    }

    /** The model's input, or no pixels if the service refuses the picture. */
    private static byte[] input(PictureKind kind, int i) {
        byte[] file = Pictures.png(kind.draw(Digits.pixels(DIGITS, i), new Random(i)));
        try {
            return PREPROCESSOR.prepare(file, PreprocessingMode.AUTO).pixels();
        } catch (ImageException e) {
            return new byte[0];
        }
    }

    private static boolean reads(Classifier classifier, byte[] input, int label) {
        return input.length > 0
                && classifier.predict(CHECKPOINT.model().query(input, 1)).classIndex() == label;
    }

    /** MNIST's test images, or digits that this program draws. */
    private static Dataset digits() {
        return Digits.hasMnist() ? Digits.mnist(Split.TEST) : Digits.drawn(Split.TEST);
    }
}
