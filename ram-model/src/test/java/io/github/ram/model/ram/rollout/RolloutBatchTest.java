package io.github.ram.model.ram.rollout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.ImageShape;
import io.github.ram.model.Normalisation;
import io.github.ram.model.ram.TestModels;
import io.github.ram.model.ram.network.GlimpseConfig;
import io.github.ram.model.ram.network.HiddenSizes;
import io.github.ram.model.ram.network.Location;
import io.github.ram.model.ram.network.RamConfig;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutBatchTest {

    @Test
    void itsArraysHaveRoomForItsCapacity() {
        RolloutBatch plain = RolloutBatch.of(TestModels.ODD, 10);
        assertEquals(5610, plain.images().length);
        assertEquals(20, plain.starts().length);
        assertEquals(60, plain.noise().length);
        assertEquals(50, plain.probabilities().length);
        assertEquals(80, plain.locations().length);
        assertEquals(0, plain.glimpses().length);
        assertEquals(0, plain.samples().length);
        RolloutBatch learning = RolloutBatch.forLearning(TestModels.ODD, 10);
        assertEquals(3240, learning.glimpses().length);
        assertEquals(60, learning.samples().length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11, -1})
    void aSizeItHasNoRoomForIsRefused(int size) {
        RolloutBatch batch = RolloutBatch.of(TestModels.TINY, 10);
        assertEquals(
                "size must be in [1, 10], got " + size,
                assertThrows(IllegalArgumentException.class, () -> batch.resize(size))
                        .getMessage());
        assertEquals(10, batch.size());
    }

    @Test
    void aCapacityOfNoneIsRefused() {
        assertEquals(
                "capacity must be at least 1, got 0",
                assertThrows(IllegalArgumentException.class, () -> RolloutBatch.of(TestModels.TINY, 0))
                        .getMessage());
    }

    @Test
    void pixelsAreUnsignedAndNormalisedByTheTable() {
        RolloutBatch batch = RolloutBatch.of(TestModels.TINY, 2);
        byte[] pixels = new byte[40];
        pixels[10] = (byte) 255;
        pixels[39] = (byte) 51;
        batch.image(1, pixels, 10, Normalisation.of(0, 1, 0).table());
        assertEquals(1, batch.images()[30]);
        assertEquals(0, batch.images()[31]);
        assertEquals(0.2f, batch.images()[59]);
        assertArrayEquals(new float[30], Arrays.copyOf(batch.images(), 30));
    }

    @Test
    void tooFewPixelsAreRefused() {
        RolloutBatch batch = RolloutBatch.of(TestModels.TINY, 1);
        float[] table = Normalisation.MNIST.table();
        assertEquals(
                "an image of this model has 30 pixels (6×5×1), got 29",
                assertThrows(IllegalArgumentException.class, () -> batch.image(0, new byte[30], 1, table))
                        .getMessage());
    }

    @Test
    void normalisedPixelsAreTakenAsTheyAre() {
        RolloutBatch batch = RolloutBatch.of(TestModels.TINY, 2);
        float[] normalised = new float[30];
        normalised[0] = -0.25f;
        normalised[29] = 2.5f;
        batch.image(1, normalised);
        assertArrayEquals(normalised, Arrays.copyOfRange(batch.images(), 30, 60));
        assertArrayEquals(new float[30], Arrays.copyOf(batch.images(), 30));
    }

    @ParameterizedTest
    @ValueSource(ints = {29, 31})
    void anotherNumberOfNormalisedPixelsIsRefused(int length) {
        RolloutBatch batch = RolloutBatch.of(TestModels.TINY, 2);
        assertEquals(
                "an image of this model has 30 pixels (6×5×1), got " + length,
                assertThrows(IllegalArgumentException.class, () -> batch.image(0, new float[length]))
                        .getMessage());
    }

    @Test
    void locationsAreReadByStepAndRollout() {
        RolloutBatch batch = RolloutBatch.of(TestModels.TINY, 4);
        batch.resize(2);
        for (int i = 0; i < 12; i++) {
            batch.locations()[i] = i;
        }
        assertEquals(6, batch.x(1, 1));
        assertEquals(7, batch.y(1, 1));
        assertEquals(8, batch.x(2, 0));
    }

    @Test
    void startsAreSetForOneOrForAll() {
        RolloutBatch batch = RolloutBatch.of(TestModels.TINY, 3);
        batch.resize(2);
        batch.start(new Location(0.5f, -0.5f));
        batch.start(1, new Location(-1, 1));
        assertArrayEquals(new float[] {0.5f, -0.5f, -1, 1, 0, 0}, batch.starts());
    }

    @Test
    void rolloutsAreMadeGreedyOrSampledOneByOne() {
        RolloutBatch batch = RolloutBatch.of(TestModels.TINY, 4);
        batch.resize(3);
        Arrays.fill(batch.noise(), 9);
        SplittableRandom random = new SplittableRandom(1);
        float x = (float) (0.1 + 0.5 * random.nextGaussian());
        float y = (float) (0.2 + 0.5 * random.nextGaussian());
        float[] noise = new float[4];
        for (int i = 0; i < 4; i++) {
            noise[i] = (float) random.nextGaussian();
        }

        batch.greedy(0, new Location(0.5f, -0.5f));
        batch.sampled(2, new Location(0.1f, 0.2f), new SplittableRandom(1));

        assertArrayEquals(new float[] {0.5f, -0.5f, 0, 0, x, y, 0, 0}, batch.starts(), 1e-6f);
        assertArrayEquals(
                new float[] {0, 0, 9, 9, noise[0], noise[1], 0, 0, 9, 9, noise[2], noise[3], 9, 9, 9, 9},
                batch.noise());
    }

    @Test
    void aSampledStartStaysInTheImage() {
        RolloutBatch batch = RolloutBatch.of(TestModels.TINY, 100);
        for (int b = 0; b < 100; b++) {
            batch.sampled(b, new Location(1, -1), new SplittableRandom(b));
            assertTrue(batch.starts()[2 * b] <= 1 && batch.starts()[2 * b + 1] >= -1);
        }
    }

    @Test
    void theFirstOfEqualProbabilitiesWins() {
        RolloutBatch batch = RolloutBatch.of(TestModels.TINY, 2);
        System.arraycopy(new float[] {0.2f, 0.4f, 0.4f, 0.1f, 0.2f, 0.7f}, 0, batch.probabilities(), 0, 6);
        assertEquals(1, batch.argmax(0));
        assertEquals(2, batch.argmax(1));
    }

    @Test
    void aLargeImageIsReadInPartsOrWhole() {
        RamConfig config = new RamConfig(
                new ImageShape(100, 90, 1),
                new GlimpseConfig(2, 4, 1, 2),
                RamConfig.Core.RELU,
                HiddenSizes.PAPER,
                0.1,
                10);
        RolloutBatch batch = RolloutBatch.of(config, 3);
        float[] image = new float[9000];
        for (int i = 0; i < image.length; i++) {
            image[i] = i;
        }
        batch.image(1, image);

        float[] part = new float[50];
        batch.read(1, 8000, 40, part, 10);
        assertArrayEquals(Arrays.copyOfRange(image, 8000, 8040), Arrays.copyOfRange(part, 10, 50));
        batch.read(0, 8000, 40, part, 10);
        assertArrayEquals(new float[50], part, "an image that was not set is zero");
        assertArrayEquals(image, Arrays.copyOfRange(batch.images(), 9000, 18000));
        batch.read(1, 8000, 40, part, 10);
        assertArrayEquals(Arrays.copyOfRange(image, 8000, 8040), Arrays.copyOfRange(part, 10, 50));

        batch.image(1, image);
        batch.release();
        batch.read(1, 8000, 40, part, 10);
        assertArrayEquals(
                Arrays.copyOfRange(image, 8000, 8040), Arrays.copyOfRange(part, 10, 50), "the copy of before");

        batch.image(1, image);
        byte[] pixels = new byte[9100];
        Arrays.fill(pixels, (byte) 255);
        batch.image(1, pixels, 100, Normalisation.of(0, 1, 0).table());
        float[] white = new float[9000];
        Arrays.fill(white, 1);
        assertArrayEquals(white, Arrays.copyOfRange(batch.images(), 9000, 18000));
    }
}
