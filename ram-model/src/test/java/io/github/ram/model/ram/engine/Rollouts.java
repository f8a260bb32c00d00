package io.github.ram.model.ram.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.rollout.RolloutBatch;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Batches for tests: filled, taken apart and compared. */
final class Rollouts {

    private Rollouts() {}

    static RolloutBatch filled(RolloutBatch batch, int size, double noise) {
        SplittableRandom random = new SplittableRandom(42);
        batch.resize(size);
        for (int i = 0; i < size * batch.config().image().size(); i++) {
            batch.images()[i] = (float) random.nextDouble(-1, 1);
        }
        for (int i = 0; i < size * 2; i++) {
            batch.starts()[i] = (float) random.nextDouble(-1, 1);
        }
        for (int i = 0; i < (batch.config().steps() - 1) * size * 2; i++) {
            batch.noise()[i] = (float) (noise * random.nextDouble(-2, 2));
        }
        return batch;
    }

    /** Returns a batch that holds only rollout b of the given batch. */
    static RolloutBatch single(RolloutBatch batch, int b) {
        RamConfig config = batch.config();
        RolloutBatch one = batch.kind() == RolloutBatch.Kind.IN_STEPS
                ? RolloutBatch.inSteps(config, 1)
                : RolloutBatch.forLearning(config, 1);
        int image = config.image().size();
        System.arraycopy(batch.images(), b * image, one.images(), 0, image);
        System.arraycopy(batch.starts(), b * 2, one.starts(), 0, 2);
        for (int t = 0; t < config.steps() - 1; t++) {
            System.arraycopy(batch.noise(), 2 * (t * batch.size() + b), one.noise(), 2 * t, 2);
        }
        return one;
    }

    static void assertRollout(RolloutBatch expected, int e, RolloutBatch actual, int a, float tolerance) {
        RamConfig config = expected.config();
        int steps = config.steps();
        assertRows(
                expected.probabilities(),
                expected.size(),
                e,
                actual.probabilities(),
                actual.size(),
                a,
                1,
                config.classes(),
                tolerance);
        assertRows(expected.locations(), expected.size(), e, actual.locations(), actual.size(), a, steps, 2, tolerance);
        if (expected.kind() == RolloutBatch.Kind.IN_STEPS) {
            assertRows(
                    expected.stepProbabilities(),
                    expected.size(),
                    e,
                    actual.stepProbabilities(),
                    actual.size(),
                    a,
                    steps,
                    config.classes(),
                    tolerance);
            return;
        }
        assertRows(
                expected.glimpses(),
                expected.size(),
                e,
                actual.glimpses(),
                actual.size(),
                a,
                steps,
                config.glimpseSize(),
                tolerance);
        assertRows(expected.samples(), expected.size(), e, actual.samples(), actual.size(), a, steps - 1, 2, tolerance);
    }

    private static void assertRows(
            float[] expected, int es, int e, float[] actual, int as, int a, int blocks, int width, float tolerance) {
        for (int block = 0; block < blocks; block++) {
            int from = (block * es + e) * width;
            int at = (block * as + a) * width;
            assertArrayEquals(
                    Arrays.copyOfRange(expected, from, from + width),
                    Arrays.copyOfRange(actual, at, at + width),
                    tolerance,
                    "rollout " + a + ", block " + block);
        }
    }

    static void assertSameBits(RolloutBatch expected, RolloutBatch actual) {
        assertArrayEquals(expected.probabilities(), actual.probabilities());
        assertArrayEquals(expected.locations(), actual.locations());
        assertArrayEquals(expected.glimpses(), actual.glimpses());
        assertArrayEquals(expected.samples(), actual.samples());
    }
}
