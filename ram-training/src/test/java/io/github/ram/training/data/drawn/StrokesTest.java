package io.github.ram.training.data.drawn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.Split;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class StrokesTest {

    @Test
    void sameBytesOnEveryPlatform() {
        Dataset test = Strokes.draw(Split.TEST);
        assertEquals(3, test.label(0));
        assertEquals(0xb83294eeL, crc(image(test, 0)));
        assertEquals(4, test.label(1));
        assertEquals(0x448e11b9L, crc(image(test, 1)));
        assertEquals(0x65ab7047L, crc(image(test, 999)));
        assertEquals(0xbe43278dL, crc(image(Strokes.draw(Split.VALIDATION), 0)));
        assertEquals(0xb8afc674L, crc(image(Strokes.draw(28, Split.TRAIN, 1), 0)));
    }

    @Test
    void wholeTestSplitIsTheSameOnEveryPlatform() {
        Dataset test = Strokes.draw(Split.TEST);
        CRC32 crc = new CRC32();
        for (int i = 0; i < test.size(); i++) {
            crc.update(image(test, i));
        }
        assertEquals(0x52ae611fL, crc.getValue());
    }

    @Test
    void usualSizesAreNineToOneToOne() {
        assertEquals(9_000, Strokes.draw(Split.TRAIN).size());
        assertEquals(1_000, Strokes.draw(Split.VALIDATION).size());
        assertEquals(1_000, Strokes.draw(Split.TEST).size());
    }

    @Test
    void imageDoesNotDependOnHowManyAreDrawn() {
        Dataset few = Strokes.draw(1, Split.TRAIN, 5);
        Dataset many = Strokes.draw(1, Split.TRAIN, 40);
        assertEquals(many.label(4), few.label(4));
        assertArrayEquals(image(many, 4), image(few, 4));
    }

    @Test
    void everyTenImagesHoldEachDigitOnce() {
        Dataset test = Strokes.draw(Split.TEST);
        for (int block = 0; block < 1_000; block += 10) {
            Set<Integer> digits = new HashSet<>();
            for (int i = block; i < block + 10; i++) {
                digits.add(test.label(i));
            }
            assertEquals(10, digits.size());
        }
    }

    @Test
    void orderOfTheDigitsChangesFromBlockToBlock() {
        Dataset test = Strokes.draw(Split.TEST);
        int[] first = new int[10];
        for (int block = 0; block < 100; block++) {
            first[test.label(block * 10)]++;
        }
        for (int digit = 0; digit < 10; digit++) {
            assertTrue(first[digit] >= 2 && first[digit] <= 20, digit + " comes first " + first[digit] + " times");
        }
    }

    @Test
    void noImageIsDrawnTwice() {
        Set<Long> images = new HashSet<>();
        for (Split split : Split.values()) {
            Dataset drawn = Strokes.draw(split);
            for (int i = 0; i < drawn.size(); i++) {
                images.add(crc(image(drawn, i)));
            }
        }
        assertEquals(11_000, images.size(), "the checksums of these 11,000 images happen to be distinct");
    }

    @Test
    void otherSeedDrawsOtherImages() {
        assertTrue(crc(image(Strokes.draw(1, Split.TEST, 1), 0)) != crc(image(Strokes.draw(2, Split.TEST, 1), 0)));
    }

    @Test
    void inkIsLightOnADarkGroundAndKeepsOffTheCorners() {
        Dataset test = Strokes.draw(Split.TEST);
        for (int i = 0; i < test.size(); i++) {
            byte[] image = image(test, i);
            int dark = 0;
            int light = 0;
            for (byte pixel : image) {
                dark += pixel == 0 ? 1 : 0;
                light += (pixel & 0xff) > 200 ? 1 : 0;
            }
            assertTrue(dark > 784 / 2, "image " + i + " has " + dark + " background pixels");
            assertTrue(light > 12, "image " + i + " has " + light + " light pixels");
            assertEquals(0, image[0] | image[27] | image[756] | image[783]);
        }
    }

    @Test
    void centreOfMassIsNearTheMiddle() {
        Dataset test = Strokes.draw(Split.TEST);
        for (int i = 0; i < test.size(); i++) {
            byte[] image = image(test, i);
            double mass = 0;
            double x = 0;
            double y = 0;
            for (int p = 0; p < 784; p++) {
                int ink = image[p] & 0xff;
                mass += ink;
                x += ink * (p % 28 + 0.5);
                y += ink * (p / 28 + 0.5);
            }
            assertEquals(14, x / mass, 2.5, "column of the centre of image " + i);
            assertEquals(14, y / mass, 2.5, "row of the centre of image " + i);
        }
    }

    /** The nearest class mean, a classifier of no power, gets most right but is far from all. */
    @Test
    void classesAreDistinctButNotTrivial() {
        Dataset train = Strokes.draw(28, Split.TRAIN, 2_000);
        Dataset test = Strokes.draw(28, Split.TEST, 1_000);
        double[][] mean = new double[10][784];
        for (int i = 0; i < train.size(); i++) {
            byte[] image = image(train, i);
            for (int p = 0; p < 784; p++) {
                mean[train.label(i)][p] += (image[p] & 0xff) / 200.0; // 200 of each digit
            }
        }
        int errors = 0;
        for (int i = 0; i < test.size(); i++) {
            errors += nearest(mean, image(test, i)) == test.label(i) ? 0 : 1;
        }
        assertTrue(errors > 30 && errors < 150, errors + " errors in 1,000");
    }

    private static int nearest(double[][] mean, byte[] image) {
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int digit = 0; digit < 10; digit++) {
            double squared = 0;
            for (int p = 0; p < 784; p++) {
                double difference = mean[digit][p] - (image[p] & 0xff);
                squared += difference * difference;
            }
            if (squared < least) {
                least = squared;
                nearest = digit;
            }
        }
        return nearest;
    }

    private static byte[] image(Dataset dataset, int i) {
        byte[] image = new byte[784];
        dataset.copyPixels(i, image, 0);
        return image;
    }

    private static long crc(byte[] image) {
        CRC32 crc = new CRC32();
        crc.update(image);
        return crc.getValue();
    }
}
