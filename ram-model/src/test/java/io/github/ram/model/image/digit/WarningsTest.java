package io.github.ram.model.image.digit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.ram.model.ImageShape;
import io.github.ram.model.image.decode.EncodedImages;
import io.github.ram.model.image.decode.ImageException;
import io.github.ram.model.image.decode.ImageLimits;
import io.github.ram.model.image.draw.Canvas;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures that do not show one digit. */
class WarningsTest {

    private static final Preprocessor PREPROCESSOR = new Preprocessor(new ImageShape(28, 28, 1), ImageLimits.DEFAULT);

    private final Canvas canvas = new Canvas(300, 200, 0xFFFFFF);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void oneDigitHasNoWarning(int digit) throws ImageException {
        canvas.number(digit, 150, 100, 120, 7, 0);

        assertEquals(List.of(), warnings());
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 23, 48, 77, 96})
    void severalDigitsAreDoubtful(int number) throws ImageException {
        canvas.number(number, 150, 100, 80, 5, 0);

        assertEquals(
                "the mark looks like several digits: send each digit alone",
                warnings().get(0));
    }

    @Test
    void marksFarApartAreDoubtful() throws ImageException {
        canvas.number(3, 60, 100, 90, 5, 0);
        canvas.number(5, 240, 100, 70, 4, 0);

        assertEquals(List.of("the picture shows several marks: the class is of the largest one"), warnings());
    }

    @Test
    void specksInAnEmptyCellAreDoubtful() throws ImageException {
        Random random = new Random(2);
        for (int i = 0; i < 6; i++) {
            canvas.stroke(new double[] {20 + 260 * random.nextDouble(), 20 + 160 * random.nextDouble()}, 1.5, 0x404040);
        }

        assertEquals(
                "the picture shows several marks: the class is of the largest one",
                warnings().get(0));
    }

    @Test
    void blotIsUnlikeADigit() throws ImageException {
        canvas.stroke(new double[] {150, 100}, 60, 0);

        assertEquals(List.of("the mark is unlike the digits that the model was trained on"), warnings());
    }

    @ParameterizedTest
    @ValueSource(strings = {"d", "e", "h", "k", "m", "n", "w", "x"})
    void letterIsUnlikeADigit(String letter) throws ImageException {
        canvas.text(letter, 100, 40, 110, 0);

        assertEquals(List.of("the mark is unlike the digits that the model was trained on"), warnings());
    }

    @Test
    void withoutWarningsTheInputIsTheSame() throws ImageException {
        canvas.number(48, 150, 100, 80, 5, 0);
        byte[] file = EncodedImages.encode("png", canvas.toImage());

        ModelInput quiet = PREPROCESSOR.withoutWarnings().prepare(file, PreprocessingMode.AUTO);

        assertEquals(List.of(), quiet.warnings());
        assertArrayEquals(PREPROCESSOR.prepare(file, PreprocessingMode.AUTO).pixels(), quiet.pixels());
    }

    private List<String> warnings() throws ImageException {
        return PREPROCESSOR
                .prepare(EncodedImages.encode("png", canvas.toImage()), PreprocessingMode.AUTO)
                .warnings();
    }
}
