package io.github.ram.training.pictures;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ram.model.ImageShape;
import io.github.ram.model.image.decode.ImageException;
import io.github.ram.model.image.decode.ImageLimits;
import io.github.ram.model.image.digit.PreprocessingMode;
import io.github.ram.model.image.digit.Preprocessor;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.Pictures;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.source.DataDirectory;
import java.awt.image.BufferedImage;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pictures that do not show one digit carry a warning, and digits carry none. */
class OtherKindsTest {

    private static final int PICTURES = 200;
    private static final int PICTURES_OF_DIGITS = 12;

    private static final Dataset DIGITS = Digits.drawn(Split.TEST);
    private static final Preprocessor PREPROCESSOR = new Preprocessor(new ImageShape(28, 28, 1), ImageLimits.DEFAULT);

    @Test
    void mostOtherThingsAreDoubtful() {
        Map<OtherKind, Double> shares = new EnumMap<>(OtherKind.class);
        for (OtherKind kind : OtherKind.values()) {
            shares.put(kind, doubted(kind));
        }

        double sum = 0;
        for (OtherKind kind : EnumSet.complementOf(EnumSet.of(OtherKind.SIGN))) {
            sum += shares.get(kind);
        }
        assertTrue(sum >= 4 * 0.9, shares.toString());
        assertTrue(shares.get(OtherKind.LETTER) >= 0.8, shares.toString());
        assertTrue(shares.get(OtherKind.SIGN) >= 0.9, shares.toString());
        assertTrue(shares.get(OtherKind.SCRIBBLE) >= 0.85, shares.toString());
        assertTrue(shares.get(OtherKind.EMPTY_CELL) >= 0.98, shares.toString());
        assertTrue(shares.get(OtherKind.TWO_DIGITS) >= 0.93, shares.toString());
    }

    @Test
    void picturesOfDigitsAreSeldomDoubtful() {
        Map<PictureKind, Integer> doubted = new EnumMap<>(PictureKind.class);
        int all = 0;
        for (PictureKind kind : PictureKind.values()) {
            int n = 0;
            for (int i = 0; i < PICTURES_OF_DIGITS; i++) {
                n += isDoubtful(kind.draw(Digits.pixels(DIGITS, i), new Random(i))) ? 1 : 0;
            }
            doubted.put(kind, n);
            all += n;
        }

        assertTrue(all <= 0.02 * PICTURES_OF_DIGITS * PictureKind.values().length, doubted.toString());
    }

    @Test
    void imagesOfMnistAreSeldomDoubtful() throws ImageException {
        assumeTrue(
                Digits.hasMnist(),
                () -> "MNIST is not here: set %s to its folder to test the warnings on it"
                        .formatted(DataDirectory.VARIABLE));
        Dataset images = Digits.mnist(Split.TEST);
        int doubted = 0;
        for (int i = 0; i < images.size(); i++) {
            doubted += PREPROCESSOR
                            .preparePixels(Digits.pixels(images, i), PreprocessingMode.AUTO)
                            .warnings()
                            .isEmpty()
                    ? 0
                    : 1;
        }

        assertTrue(doubted <= 150, doubted + " of 10,000");
    }

    /** The share of pictures of a kind with a warning. */
    private static double doubted(OtherKind kind) {
        int doubted = 0;
        for (int i = 0; i < PICTURES; i++) {
            byte[] first = Digits.pixels(DIGITS, 2 * i);
            byte[] second = Digits.pixels(DIGITS, 2 * i + 1);
            doubted += isDoubtful(kind.draw(first, second, new Random(1000 + i))) ? 1 : 0;
        }
        return (double) doubted / PICTURES;
    }

    /** Whether the answer has a warning; the service refuses some pictures, such as blank ones. */
    private static boolean isDoubtful(BufferedImage picture) {
        try {
            return !PREPROCESSOR
                    .prepare(Pictures.png(picture), PreprocessingMode.AUTO)
                    .warnings()
                    .isEmpty();
        } catch (ImageException e) {
            return true;
        }
    }
}
