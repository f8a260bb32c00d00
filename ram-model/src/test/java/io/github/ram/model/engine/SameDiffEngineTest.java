package io.github.ram.model.engine;

import static io.github.ram.model.engine.Rollouts.assertRollout;
import static io.github.ram.model.engine.Rollouts.assertSameBits;
import static io.github.ram.model.engine.Rollouts.filled;
import static io.github.ram.model.engine.Rollouts.single;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.RamConfig;
import io.github.ram.model.RolloutGraph;
import io.github.ram.model.TestModels;
import io.github.ram.model.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SameDiffEngineTest {

    private static final double PADDING = -0.5;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 77, 128, 200, 300})
    void aBatchGivesWhatOneByOneGives(int size) {
        RolloutEngine engine = engine(TestModels.ODD);
        RolloutBatch batch = filled(RolloutBatch.forLearning(TestModels.ODD, 300), size, 1);
        engine.run(batch);
        for (int b = 0; b < size; b += size > 10 ? 13 : 1) {
            RolloutBatch one = single(batch, b);
            engine.run(one);
            assertRollout(one, 0, batch, b, 1e-5f);
        }
    }

    @Test
    void theGlimpsesAreThoseOfTheSensorAtTheReportedLocations() {
        RamConfig config = TestModels.ODD;
        RolloutBatch batch = filled(RolloutBatch.forLearning(config, 5), 5, 1);
        engine(config).run(batch);
        RamConfig look = TestModels.withSteps(config, 1);
        RolloutBatch again = RolloutBatch.forLearning(look, 5);
        RolloutEngine sensor = new SameDiffEngine(look, RolloutGraph.build(Weights.initial(look, 5), PADDING));
        int step = 5 * config.glimpseSize();
        for (int t = 0; t < 4; t++) {
            System.arraycopy(batch.images(), 0, again.images(), 0, batch.images().length);
            System.arraycopy(batch.locations(), t * 10, again.starts(), 0, 10);
            sensor.run(again);
            assertArrayEquals(again.glimpses(), Arrays.copyOfRange(batch.glimpses(), t * step, (t + 1) * step));
        }
    }

    @Test
    void noiseOfZerosIsTheGreedyRollout() {
        RolloutEngine engine = engine(TestModels.ODD);
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

    @Test
    void twoRunsGiveTheSameBits() {
        RolloutEngine engine = engine(TestModels.MNIST);
        RolloutBatch first = filled(RolloutBatch.forLearning(TestModels.MNIST, 77), 77, 1);
        RolloutBatch second = filled(RolloutBatch.forLearning(TestModels.MNIST, 77), 77, 1);
        engine.run(first);
        engine.run(second);
        assertSameBits(first, second);
        engine.run(first);
        assertSameBits(first, second);
    }

    @Test
    void theKindOfBatchDoesNotChangeTheResult() {
        RolloutEngine engine = engine(TestModels.ODD);
        RolloutBatch plain = filled(RolloutBatch.of(TestModels.ODD, 9), 9, 1);
        RolloutBatch learning = filled(RolloutBatch.forLearning(TestModels.ODD, 9), 9, 1);
        engine.run(plain);
        engine.run(learning);
        assertArrayEquals(plain.probabilities(), learning.probabilities());
        assertArrayEquals(plain.locations(), learning.locations());
    }

    @Test
    void forksOnOtherThreadsGiveTheSameBits() throws Exception {
        RolloutEngine engine = engine(TestModels.ODD);
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

    @Test
    void aBatchForAnotherModelIsRefused() {
        RolloutBatch batch = RolloutBatch.of(TestModels.TINY, 1);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> engine(TestModels.ODD).run(batch))
                .getMessage();
        assertTrue(message.startsWith("the batch was made for another model: RamConfig[image=6×5×1"), message);
    }

    private static RolloutEngine engine(RamConfig config) {
        return new SameDiffEngine(config, RolloutGraph.build(TestModels.weights(config, 11), PADDING));
    }
}
