package io.github.ram.training.augmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.ImageShape;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariationTest {

    private static final ImageShape SHAPE = new ImageShape(7, 9, 2);

    /** A dot of 200 in the first channel and of 100 in the second. */
    private static byte[] dot(int row, int column) {
        byte[] image = new byte[SHAPE.size()];
        image[2 * (9 * row + column)] = (byte) 200;
        image[2 * (9 * row + column) + 1] = 100;
        return image;
    }

    private static byte[] apply(Augmentation augmentation, byte[] image, long seed) {
        byte[] target = new byte[SHAPE.size()];
        Arrays.fill(target, (byte) 77); // of an image before
        new Variation(augmentation, SHAPE).apply(image, target, new SplittableRandom(seed));
        return target;
    }

    @Test
    void noneLeavesImagesAsTheyAre() {
        assertArrayEquals(dot(3, 4), apply(Augmentation.NONE, dot(3, 4), 1));
    }

    @Test
    void aShiftMovesWholePixelsAsFarAsItMayInEveryDirection() {
        Augmentation shift = new Augmentation(2, 0, 0, 0, 0, Augmentation.Photograph.NONE);
        TreeSet<String> seen = new TreeSet<>();
        for (long seed = 0; seed < 500; seed++) {
            byte[] moved = apply(shift, dot(3, 4), seed);
            int at = IntStream.range(0, SHAPE.size())
                            .filter(i -> moved[i] == (byte) 200)
                            .findFirst()
                            .orElseThrow()
                    / 2;
            assertArrayEquals(dot(at / 9, at % 9), moved);
            seen.add("%+d%+d".formatted(at / 9 - 3, at % 9 - 4));
        }
        assertEquals(25, seen.size(), seen.toString());
    }

    @Test
    void whatLeavesTheImageIsGoneAndWhatComesInIsBackground() {
        Augmentation shift = new Augmentation(9, 0, 0, 0, 0, Augmentation.Photograph.NONE);
        byte[] full = new byte[SHAPE.size()];
        Arrays.fill(full, (byte) 255);

        assertTrue(IntStream.range(0, 200)
                .anyMatch(seed -> Arrays.equals(new byte[SHAPE.size()], apply(shift, full, seed))));
    }

    @ParameterizedTest
    @CsvSource({"0, 30, 0, 0", "0, 0, 0.3, 0", "0, 0, 0, 0.4", "0.5, 10, 0.1, 0.1"})
    void theMiddleStaysTheMiddleOfWhatIsTurnedStretchedOrSlanted(
            double shift, double rotation, double stretch, double shear) {
        Augmentation augmentation = new Augmentation(shift, rotation, stretch, shear, 0, Augmentation.Photograph.NONE);
        byte[] bar = new byte[SHAPE.size()];
        for (int row = 0; row < 7; row++) {
            bar[2 * (9 * row + 4)] = (byte) 250;
        }
        boolean changed = false;
        for (long seed = 0; seed < 50; seed++) {
            byte[] varied = apply(augmentation, bar, seed);
            int middle = varied[2 * (9 * 3 + 4)] & 0xff;
            assertTrue(middle >= (shift == 0 ? 249 : 100), "seed " + seed + ": " + middle);
            for (int i = 1; i < varied.length; i += 2) {
                assertEquals(0, varied[i], "the other channel");
            }
            changed |= !Arrays.equals(bar, varied);
        }
        assertTrue(changed || stretch > 0 && rotation == 0, "nothing was varied");
    }

    @Test
    void aTurnByARightAngleIsExact() {
        ImageShape square = new ImageShape(3, 3, 1);
        byte[] image = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        byte[] turned = {3, 6, 9, 2, 5, 8, 1, 4, 7};
        byte[] target = new byte[9];
        // Of angles drawn within 90 degrees, one that is close to the end.
        long seed = IntStream.range(0, 1_000_000)
                .filter(s -> new SplittableRandom(s).nextDouble() > 0.99999)
                .findFirst()
                .orElseThrow();
        new Variation(new Augmentation(0, 90, 0, 0, 0, Augmentation.Photograph.NONE), square)
                .apply(image, target, new SplittableRandom(seed));

        byte[] other = {7, 4, 1, 8, 5, 2, 9, 6, 3};
        assertTrue(Arrays.equals(turned, target) || Arrays.equals(other, target), Arrays.toString(target));
    }

    @Test
    void aWarpMovesPlacesCloseToEachOtherByAboutAsMuch() {
        Augmentation warp = new Augmentation(0, 0, 0, 0, 3, Augmentation.Photograph.NONE);
        ImageShape ramp = new ImageShape(40, 40, 1);
        byte[] image = new byte[ramp.size()];
        for (int i = 0; i < image.length; i++) {
            image[i] = (byte) (5 * (i % 40) + 20); // five a column
        }
        byte[] target = new byte[image.length];
        double[] moves = new double[300];
        for (int seed = 0; seed < moves.length; seed++) {
            new Variation(warp, ramp).apply(image, target, new SplittableRandom(seed));
            moves[seed] = ((target[20 * 40 + 20] & 0xff) - 120) / 5.0;
            double beside = ((target[20 * 40 + 21] & 0xff) - 125) / 5.0;
            assertEquals(moves[seed], beside, 0.8, "seed " + seed);
        }
        // The knots' √3 pixels, by the weights 1/6, 2/3 and 1/6 along both axes.
        double deviation =
                Math.sqrt(Arrays.stream(moves).map(m -> m * m).average().orElseThrow());
        assertEquals(Math.sqrt(3) / 2, deviation, 0.12);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 0, 0, 0, 0, 'shift must be in [0.0, 1000.0], got -1.0'",
        "0, 181, 0, 0, 0, 'rotation must be in [0.0, 180.0], got 181.0'",
        "0, 0, 1, 0, 0, 'stretch must be in [0.0, 0.9], got 1.0'",
        "0, 0, 0, NaN, 0, 'shear must be in [0.0, 2.0], got NaN'",
        "0, 0, 0, 0, -0.1, 'warp must be in [0.0, 1000.0], got -0.1'"
    })
    void valuesOutOfRangeAreRefused(
            double shift, double rotation, double stretch, double shear, double warp, String message) {
        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> new Augmentation(shift, rotation, stretch, shear, warp, Augmentation.Photograph.NONE));

        assertEquals(message, refusal.getMessage());
    }

    private static Set<String> variants(Augmentation.Photograph photograph) {
        ImageShape row = new ImageShape(1, 3, 2);
        byte[] image = {1, 2, 3, 4, 5, 6};
        byte[] target = new byte[6];
        Variation variation = new Variation(new Augmentation(0, 0, 0, 0, 0, photograph), row);
        Set<String> variants = new TreeSet<>();
        for (int seed = 0; seed < 200; seed++) {
            variation.apply(image, target, new SplittableRandom(seed));
            variants.add(Arrays.toString(target));
        }
        return variants;
    }

    @Test
    void aFlipMirrorsThePixelsAndKeepsTheOrderOfTheChannels() {
        assertEquals(
                Set.of("[1, 2, 3, 4, 5, 6]", "[5, 6, 3, 4, 1, 2]"),
                variants(new Augmentation.Photograph(0, true, Augmentation.Colour.NONE)));
    }

    @Test
    void aPieceOfThePaddedImageIsCutFromAnywhereInIt() {
        assertEquals(
                Set.of(
                        "[0, 0, 0, 0, 0, 0]", // from the row above or below
                        "[0, 0, 1, 2, 3, 4]",
                        "[1, 2, 3, 4, 5, 6]",
                        "[3, 4, 5, 6, 0, 0]"),
                variants(new Augmentation.Photograph(1, false, Augmentation.Colour.NONE)));
    }

    private static byte[] coloured(Augmentation.Colour colour, int seed) {
        Augmentation most = new Augmentation(0, 0, 0, 0, 0, new Augmentation.Photograph(0, false, colour));
        byte[] target = new byte[2];
        new Variation(most, new ImageShape(1, 2, 1))
                .apply(new byte[] {50, (byte) 150}, target, new SplittableRandom(seed));
        return target;
    }

    @Test
    void brightnessMultipliesHalfOfTheImagesAndContrastKeepsTheirMean() {
        int bright = 0;
        int contrasted = 0;
        for (int seed = 0; seed < 400; seed++) {
            byte[] one = coloured(new Augmentation.Colour(0.2, 0), seed);
            bright += one[0] == 50 && (one[1] & 0xff) == 150 ? 0 : 1;
            assertEquals(3, (one[1] & 0xff) / (double) one[0], 0.04);
            assertTrue(one[0] >= 40 && one[0] <= 60, Arrays.toString(one));
            byte[] other = coloured(new Augmentation.Colour(0, 0.2), seed);
            contrasted += other[0] == 50 ? 0 : 1;
            assertEquals(200, other[0] + (other[1] & 0xff), 1);
            assertTrue(other[0] >= 40 && other[0] <= 60, Arrays.toString(other));
        }
        assertTrue(bright > 150 && bright < 250, "changed " + bright);
        assertTrue(contrasted > 140 && contrasted < 250, "changed " + contrasted);
    }
}
