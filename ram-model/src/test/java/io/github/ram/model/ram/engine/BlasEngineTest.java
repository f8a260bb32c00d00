package io.github.ram.model.ram.engine;

import static io.github.ram.model.ram.engine.Rollouts.assertSameBits;
import static io.github.ram.model.ram.engine.Rollouts.filled;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.github.ram.model.EngineChoice;
import io.github.ram.model.ModelWeights;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.TestModels;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.network.Weights;
import io.github.ram.model.ram.rollout.RolloutBatch;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BlasEngineTest {

    private static final int RUNS = 20;
    private static final int ROUNDS = 50;

    static Stream<Arguments> batches() {
        return Stream.of(TestModels.MNIST, TestModels.ODD)
                .flatMap(config -> Stream.of(1, 8, 77)
                        .flatMap(size -> Stream.of(
                                Arguments.of(RolloutBatch.of(config, size)),
                                Arguments.of(RolloutBatch.inSteps(config, size)),
                                Arguments.of(RolloutBatch.forLearning(config, size)))));
    }

    @ParameterizedTest
    @MethodSource("batches")
    void aRunAllocatesNothing(RolloutBatch batch) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        RolloutEngine engine = frozen(batch.config());
        filled(batch, batch.size(), 1);
        long least = Long.MAX_VALUE; // the virtual machine may allocate while it compiles the code
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int run = 0; run < RUNS; run++) {
                engine.run(batch);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
    }

    @Test
    void theSizeOfABatchDoesNotChangeASingleBitAsLongAsItIsExact() {
        RolloutEngine engine = frozen(TestModels.MNIST);
        assertTrue(engine.exactSize() >= 63);
        RolloutBatch batch = filled(RolloutBatch.forLearning(TestModels.MNIST, 63), 63, 1);
        engine.run(batch);
        for (int b = 0; b < 63; b++) {
            RolloutBatch one = Rollouts.single(batch, b);
            engine.run(one);
            Rollouts.assertRollout(one, 0, batch, b, 0);
        }
    }

    @Test
    void anEngineThatServesDoesNotFollowChangesOfTheWeights() {
        RamConfig config = TestModels.ODD;
        Weights weights = TestModels.weights(config, 11);
        RolloutEngine engine = BlasEngine.of(TestModels.spec(config), TestModels.values(weights));
        RolloutBatch before = filled(RolloutBatch.forLearning(config, 3), 3, 1);
        engine.run(before);
        weights.arrays().values().forEach(array -> array.muli(0.5));
        RolloutBatch after = filled(RolloutBatch.forLearning(config, 3), 3, 1);
        engine.run(after);
        engine.fork().run(after);
        assertSameBits(before, after);
    }

    @Test
    void weightsThatAreNotNumbersShow() {
        RamConfig config = TestModels.ODD;
        Weights weights = TestModels.weights(config, 11);
        weights.arrays().get("sensor.fc1.bias").assign(Double.NaN);
        RolloutBatch batch = filled(RolloutBatch.of(config, 1), 1, 0);
        BlasEngine.of(TestModels.spec(config), TestModels.values(weights)).run(batch);
        float[] nothing = new float[config.classes()];
        Arrays.fill(nothing, Float.NaN);
        assertArrayEquals(nothing, batch.probabilities());
    }

    @Test
    void automaticIsBlasOnAProcessor() {
        RamSpec model = TestModels.spec(TestModels.TINY);
        Weights weights = TestModels.weights(TestModels.TINY, 1);
        assertEquals(
                "blas",
                RolloutEngine.of(EngineChoice.AUTO, model, ModelWeights.of(model, weights.parameters()))
                        .name());
        assertEquals(
                "samediff",
                RolloutEngine.of(EngineChoice.SAMEDIFF, model, ModelWeights.of(model, weights.parameters()))
                        .name());
    }

    @Test
    void anEngineOfAnotherNameIsRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> EngineChoice.named("magic"))
                .getMessage();
        assertEquals("the engine must be one of auto, blas, samediff, onnxruntime, got magic", message);
        assertTrue(EngineChoice.names().stream()
                .allMatch(name -> EngineChoice.named(name).toString().equals(name)));
    }

    private static RolloutEngine frozen(RamConfig config) {
        return BlasEngine.of(TestModels.spec(config), TestModels.values(TestModels.weights(config, 11)));
    }
}
