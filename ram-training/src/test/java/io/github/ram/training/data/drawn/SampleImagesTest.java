package io.github.ram.training.data.drawn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.ImageShape;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.source.DataSource;
import org.junit.jupiter.api.Test;

class SampleImagesTest {

    private static final byte[] DIGIT = SampleImages.pixels(new ImageShape(28, 28, 1), 1);

    @Test
    void imagesOfADigitsSizeAreDrawnDigits() {
        byte[] expected = new byte[2 * 784];
        Dataset strokes = DataSource.STROKES.load(Split.TEST, null);
        strokes.copyPixels(0, expected, 0);
        strokes.copyPixels(1, expected, 784);

        assertArrayEquals(expected, SampleImages.pixels(new ImageShape(28, 28, 1), 2));
    }

    @Test
    void largerImagesHaveTheDigitInTheirMiddleAndInEveryChannel() {
        ImageShape shape = new ImageShape(40, 31, 2);
        byte[] pixels = SampleImages.pixels(shape, 1);

        int sum = 0;
        for (int row = 0; row < 28; row++) {
            for (int column = 0; column < 28; column++) {
                int at = ((row + 6) * 31 + column + 1) * 2;
                assertEquals(DIGIT[row * 28 + column], pixels[at]);
                assertEquals(DIGIT[row * 28 + column], pixels[at + 1]);
                sum += 2 * (DIGIT[row * 28 + column] & 0xff);
            }
        }
        for (byte pixel : pixels) {
            sum -= pixel & 0xff;
        }
        assertEquals(0, sum, "all around is background");
    }

    @Test
    void smallerImagesShowTheMiddleOfTheDigit() {
        byte[] pixels = SampleImages.pixels(new ImageShape(10, 6, 1), 1);

        int ink = 0;
        for (int row = 0; row < 10; row++) {
            for (int column = 0; column < 6; column++) {
                assertEquals(DIGIT[(row + 9) * 28 + column + 11], pixels[row * 6 + column]);
                ink += pixels[row * 6 + column] & 0xff;
            }
        }
        assertTrue(ink > 0);
    }
}
