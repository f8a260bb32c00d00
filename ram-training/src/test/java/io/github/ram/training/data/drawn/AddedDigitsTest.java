package io.github.ram.training.data.drawn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.Classifier;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.StoredDataset;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class AddedDigitsTest {

    private static final int IMAGES = 40;
    private static final int COARSE = 100;
    private static final int DRAWN = 100;

    private final StoredDataset images = Strokes.draw(Strokes.SEED, Split.TRAIN, IMAGES);
    private final StoredDataset added = AddedDigits.with(images, COARSE, DRAWN);

    private static byte[] pixels(Dataset images, int i) {
        byte[] pixels = new byte[images.shape().size()];
        images.copyPixels(i, pixels, 0);
        return pixels;
    }

    @Test
    void theImagesComeFirstAndAreUnchanged() {
        assertEquals(IMAGES + COARSE + DRAWN, added.size());
        for (int i = 0; i < IMAGES; i++) {
            assertArrayEquals(pixels(images, i), pixels(added, i));
            assertEquals(images.label(i), added.label(i));
        }
    }

    @Test
    void addedImagesShowTheirDigits() {
        Checkpoint checkpoint = Checkpoint.bundled();
        int right = 0;
        try (Classifier classifier = checkpoint.classifier()) {
            for (int i = IMAGES; i < added.size(); i++) {
                int named = classifier
                        .predict(checkpoint.model().query(pixels(added, i), 1))
                        .classIndex();
                right += named == added.label(i) ? 1 : 0;
            }
        }
        assertTrue(right >= 0.9 * (COARSE + DRAWN), right + " of " + (COARSE + DRAWN));
    }

    @Test
    void drawnDigitsAreEquallyCommon() {
        for (int digit = 0; digit < 10; digit++) {
            int label = digit;
            assertEquals(
                    DRAWN / 10,
                    IntStream.range(IMAGES + COARSE, added.size())
                            .filter(i -> added.label(i) == label)
                            .count());
        }
    }

    @Test
    void everyPlatformMakesTheSameImages() {
        CRC32 crc = new CRC32();
        IntStream.range(IMAGES, added.size()).forEach(i -> crc.update(pixels(added, i)));
        assertEquals(1898747078L, crc.getValue());
    }
}
