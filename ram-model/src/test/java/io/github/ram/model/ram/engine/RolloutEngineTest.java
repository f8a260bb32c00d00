package io.github.ram.model.ram.engine;

import static io.github.ram.model.ram.engine.Rollouts.assertRollout;
import static io.github.ram.model.ram.engine.Rollouts.assertSameBits;
import static io.github.ram.model.ram.engine.Rollouts.filled;
import static io.github.ram.model.ram.engine.Rollouts.single;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.EngineChoice;
import io.github.ram.model.ImageShape;
import io.github.ram.model.ModelWeights;
import io.github.ram.model.Normalisation;
import io.github.ram.model.ram.TestModels;
import io.github.ram.model.ram.network.GlimpseConfig;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.network.Weights;
import io.github.ram.model.ram.rollout.RolloutBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every engine. */
class RolloutEngineTest {

    private static final int[] SIZES = {1, 3, 77, 128, 200, 300};

    static Stream<EngineChoice> engines() {
        return Stream.of(EngineChoice.BLAS, EngineChoice.SAMEDIFF);
    }

    static Stream<Arguments> enginesAndSizes() {
        return engines().flatMap(choice -> Arrays.stream(SIZES).mapToObj(size -> Arguments.of(choice, size)));
    }

    @ParameterizedTest
    @MethodSource("enginesAndSizes")
    void aBatchGivesWhatOneByOneGives(EngineChoice choice, int size) {
        RolloutEngine engine = engine(choice, TestModels.ODD);
        RolloutBatch batch = filled(RolloutBatch.forLearning(TestModels.ODD, 300), size, 1);
        engine.run(batch);
        for (int b = 0; b < size; b += size > 10 ? 13 : 1) {
            RolloutBatch one = single(batch, b);
            engine.run(one);
            assertRollout(one, 0, batch, b, 1e-5f);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void theGlimpsesAreThoseOfTheSensorAtTheReportedLocations(EngineChoice choice) {
        RamConfig config = TestModels.ODD;
        RolloutBatch batch = filled(RolloutBatch.forLearning(config, 5), 5, 1);
        engine(choice, config).run(batch);
        RamConfig look = TestModels.withSteps(config, 1);
        RolloutBatch again = RolloutBatch.forLearning(look, 5);
        RolloutEngine sensor = RolloutEngine.of(
                choice,
                TestModels.spec(look),
                ModelWeights.of(TestModels.spec(look), Weights.initial(look, 5).parameters()));
        int step = 5 * config.glimpseSize();
        for (int t = 0; t < 4; t++) {
            System.arraycopy(batch.images(), 0, again.images(), 0, batch.images().length);
            System.arraycopy(batch.locations(), t * 10, again.starts(), 0, 10);
            sensor.run(again);
            assertArrayEquals(again.glimpses(), Arrays.copyOfRange(batch.glimpses(), t * step, (t + 1) * step));
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aLargeImageGivesTheSameResultInPlaceAndCopied(EngineChoice choice) {
        RamConfig config = new RamConfig(
                new ImageShape(90, 120, 1),
                new GlimpseConfig(3, 6, 2, 2),
                RamConfig.Core.RELU,
                TestModels.ODD.hidden(),
                0.2,
                5);
        byte[] pixels = new byte[3 * config.image().size()];
        new SplittableRandom(8).nextBytes(pixels);
        float[] table = Normalisation.MNIST.table();
        RolloutBatch bytes = filled(RolloutBatch.of(config, 3), 3, 1);
        RolloutBatch whole = filled(RolloutBatch.of(config, 3), 3, 1);
        int length = config.image().size();
        for (int b = 0; b < 3; b++) {
            float[] normalised = new float[length];
            Normalisation.apply(table, pixels, b * length, normalised, 0, length);
            bytes.image(b, pixels, b * length, table);
            whole.image(b, normalised);
        }
        RolloutEngine engine = engine(choice, config);
        engine.run(bytes);
        engine.run(whole);

        assertSameBits(whole, bytes);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void noiseOfZerosIsTheGreedyRollout(EngineChoice choice) {
        RolloutEngine engine = engine(choice, TestModels.ODD);
        RolloutBatch noisy = filled(RolloutBatch.of(TestModels.ODD, 4), 4, 1);
        RolloutBatch cleared = filled(RolloutBatch.of(TestModels.ODD, 4), 4, 1);
        Arrays.fill(cleared.noise(), 0);
        RolloutBatch greedy = filled(RolloutBatch.of(TestModels.ODD, 4), 4, 0);
        engine.run(noisy);
        engine.run(cleared);
        engine.run(greedy);

        assertArrayEquals(greedy.locations(), cleared.locations());
        assertArrayEquals(greedy.probabilities(), cleared.probabilities());
        assertFalse(Arrays.equals(greedy.locations(), noisy.locations()));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void twoRunsGiveTheSameBits(EngineChoice choice) {
        RolloutEngine engine = engine(choice, TestModels.MNIST);
        RolloutBatch first = filled(RolloutBatch.forLearning(TestModels.MNIST, 77), 77, 1);
        RolloutBatch second = filled(RolloutBatch.forLearning(TestModels.MNIST, 77), 77, 1);
        engine.run(first);
        engine.run(second);
        assertSameBits(first, second);
        engine.run(first);
        assertSameBits(first, second);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void theKindOfBatchDoesNotChangeTheResult(EngineChoice choice) {
        RolloutEngine engine = engine(choice, TestModels.ODD);
        RolloutBatch plain = filled(RolloutBatch.of(TestModels.ODD, 9), 9, 1);
        RolloutBatch learning = filled(RolloutBatch.forLearning(TestModels.ODD, 9), 9, 1);
        RolloutBatch inSteps = filled(RolloutBatch.inSteps(TestModels.ODD, 9), 9, 1);
        engine.run(plain);
        for (RolloutBatch batch : List.of(learning, inSteps)) {
            engine.run(batch);
            assertArrayEquals(plain.probabilities(), batch.probabilities());
            assertArrayEquals(plain.locations(), batch.locations());
        }
    }

    @ParameterizedTest
    @MethodSource("enginesAndSizes")
    void aBatchInStepsGivesWhatOneByOneGives(EngineChoice choice, int size) {
        RolloutEngine engine = engine(choice, TestModels.ODD);
        RolloutBatch batch = filled(RolloutBatch.inSteps(TestModels.ODD, 300), size, 1);
        engine.run(batch);
        RolloutBatch one = single(batch, size / 2);
        engine.run(one);
        assertRollout(one, 0, batch, size / 2, 1e-5f);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void forksOnOtherThreadsGiveTheSameBits(EngineChoice choice) throws Exception {
        RolloutEngine engine = engine(choice, TestModels.ODD);
        RolloutBatch expected = filled(RolloutBatch.forLearning(TestModels.ODD, 21), 21, 1);
        engine.run(expected);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<RolloutBatch>> results = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                results.add(threads.submit(() -> {
                    RolloutBatch batch = filled(RolloutBatch.forLearning(TestModels.ODD, 21), 21, 1);
                    try (RolloutEngine fork = engine.fork()) {
                        for (int run = 0; run < 20; run++) {
                            Arrays.fill(batch.probabilities(), 0);
                            fork.run(batch);
                            assertSameBits(expected, batch);
                        }
                    }
                    return batch;
                }));
            }
            for (Future<RolloutBatch> result : results) {
                result.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aBatchForAnotherModelIsRefused(EngineChoice choice) {
        RolloutBatch batch = RolloutBatch.of(TestModels.TINY, 1);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> engine(choice, TestModels.ODD).run(batch))
                .getMessage();
        assertTrue(message.startsWith("the batch was made for another model: RamConfig[image=6×5×1"), message);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aSmallerBatchAfterALargerOneSeesNothingOfIt(EngineChoice choice) {
        RolloutEngine engine = engine(choice, TestModels.ODD);
        engine.run(filled(RolloutBatch.forLearning(TestModels.ODD, 40), 40, 1));
        RolloutBatch after = filled(RolloutBatch.forLearning(TestModels.ODD, 5), 5, 1);
        engine.run(after);
        RolloutBatch fresh = filled(RolloutBatch.forLearning(TestModels.ODD, 5), 5, 1);
        engine(choice, TestModels.ODD).run(fresh);
        assertSameBits(fresh, after);
    }

    private static RolloutEngine engine(EngineChoice choice, RamConfig config) {
        return RolloutEngine.of(
                choice,
                TestModels.spec(config),
                ModelWeights.of(
                        TestModels.spec(config), TestModels.weights(config, 11).parameters()));
    }
}
