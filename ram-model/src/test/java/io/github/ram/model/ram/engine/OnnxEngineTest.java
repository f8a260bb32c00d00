package io.github.ram.model.ram.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.ram.model.EngineChoice;
import io.github.ram.model.ModelWeights;
import io.github.ram.model.ram.LocationSource;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.TestModels;
import io.github.ram.model.ram.gradient.LossWeights;
import io.github.ram.model.ram.learning.LearningEngine;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.network.Weights;
import io.github.ram.model.ram.rollout.RolloutBatch;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ONNX Runtime against SameDiff, on the same batches. */
class OnnxEngineTest {

    @ParameterizedTest
    @MethodSource("io.github.ram.model.ram.TestModels#ofEveryKind")
    void sampledRolloutsAreThoseOfSameDiff(RamConfig config) {
        assertAgree(TestModels.spec(config), 7, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 40})
    void aBatchOfAnySizeIsThatOfSameDiff(int size) {
        assertAgree(TestModels.spec(TestModels.ODD), size, 0);
    }

    @Test
    void randomLocationsAreThoseOfSameDiff() {
        assertAgree(TestModels.spec(TestModels.ODD).lookingBy(LocationSource.RANDOM), 5, 0);
    }

    private static void assertAgree(RamSpec model, int size, double noise) {
        Weights weights = TestModels.weights(model.network(), 11);
        ModelWeights given = ModelWeights.of(model, weights.parameters());
        RolloutBatch expected = Rollouts.filled(RolloutBatch.inSteps(model.network(), size), size, noise);
        RolloutBatch actual = Rollouts.filled(RolloutBatch.inSteps(model.network(), size), size, noise);
        RolloutBatch outcome = Rollouts.filled(RolloutBatch.of(model.network(), size), size, noise);
        try (RolloutEngine samediff = RolloutEngine.of(EngineChoice.SAMEDIFF, model, given);
                RolloutEngine onnx = RolloutEngine.of(EngineChoice.ONNXRUNTIME, model, given);
                RolloutEngine fork = onnx.fork()) {
            samediff.run(expected);
            onnx.run(actual);
            fork.run(outcome);
        }
        assertArrayEquals(expected.locations(), actual.locations(), 1e-5f);
        assertArrayEquals(expected.probabilities(), actual.probabilities(), 1e-5f);
        assertArrayEquals(expected.stepProbabilities(), actual.stepProbabilities(), 1e-5f);
        assertArrayEquals(expected.locations(), outcome.locations(), 1e-5f);
        assertArrayEquals(expected.probabilities(), outcome.probabilities(), 1e-5f);
    }

    @Test
    void aForkOutlivesTheFirstEngine() {
        RamSpec model = TestModels.spec(TestModels.ODD);
        ModelWeights weights =
                ModelWeights.of(model, TestModels.weights(TestModels.ODD, 11).parameters());
        RolloutBatch batch = Rollouts.filled(RolloutBatch.of(TestModels.ODD, 2), 2, 0);
        RolloutEngine first = RolloutEngine.of(EngineChoice.ONNXRUNTIME, model, weights);
        try (RolloutEngine fork = first.fork()) {
            first.run(batch);
            float[] expected = batch.probabilities().clone();
            first.close();
            Arrays.fill(batch.probabilities(), 0);

            fork.run(batch);

            assertArrayEquals(expected, batch.probabilities());
        }
    }

    @Test
    void itDoesNotLearn() {
        RamSpec model = TestModels.spec(TestModels.ODD);
        Weights weights = TestModels.weights(TestModels.ODD, 11);
        try (RolloutEngine engine =
                RolloutEngine.of(EngineChoice.ONNXRUNTIME, model, ModelWeights.of(model, weights.parameters()))) {
            RolloutBatch batch = RolloutBatch.forLearning(TestModels.ODD, 1);
            assertEquals(
                    "the engine onnxruntime does not learn: use blas or samediff",
                    assertThrows(IllegalArgumentException.class, () -> engine.run(batch))
                            .getMessage());
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> LearningEngine.of(EngineChoice.ONNXRUNTIME, model, weights, new LossWeights(0, 0, true)));
    }
}
