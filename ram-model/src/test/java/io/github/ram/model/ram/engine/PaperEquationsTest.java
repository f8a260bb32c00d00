package io.github.ram.model.ram.engine;

import static io.github.ram.model.ram.engine.Rollouts.assertRollout;
import static io.github.ram.model.ram.engine.Rollouts.filled;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.EngineChoice;
import io.github.ram.model.ModelWeights;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.Reference;
import io.github.ram.model.ram.TestModels;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.network.Weights;
import io.github.ram.model.ram.rollout.RolloutBatch;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engines against the paper's equations in plain Java. */
class PaperEquationsTest {

    private static final double PADDING = -0.5;

    @ParameterizedTest
    @MethodSource("io.github.ram.model.ram.TestModels#ofEveryKind")
    void agreesWithThePapersEquationsGreedily(RamConfig config) {
        assertAgrees(config, filled(RolloutBatch.forLearning(config, 3), 3, 0));
    }

    @ParameterizedTest
    @MethodSource("io.github.ram.model.ram.TestModels#ofEveryKind")
    void agreesWithThePapersEquationsUnderNoise(RamConfig config) {
        assertAgrees(config, filled(RolloutBatch.forLearning(config, 3), 3, 1));
    }

    @ParameterizedTest
    @MethodSource("io.github.ram.model.ram.TestModels#ofEveryKind")
    void agreesWithThePapersEquationsInLargeBatches(RamConfig config) {
        assertAgrees(config, filled(RolloutBatch.forLearning(config, 64), 64, 1));
    }

    @ParameterizedTest
    @MethodSource("io.github.ram.model.ram.TestModels#ofEveryKind")
    void probabilitiesAfterAGlimpseAreThoseOfTheModelThatStopsThere(RamConfig config) {
        for (int n : new int[] {3, 64}) {
            probabilitiesAfterAGlimpse(config, n);
        }
    }

    private static void probabilitiesAfterAGlimpse(RamConfig config, int n) {
        int width = n * config.classes();
        for (RolloutEngine engine : engines(TestModels.weights(config, 11))) {
            RolloutBatch whole = filled(RolloutBatch.inSteps(config, n), n, 1);
            engine.run(whole);
            for (int t = 1; t <= config.steps(); t++) {
                RamConfig shorter = TestModels.withSteps(config, t);
                RolloutBatch part = filled(RolloutBatch.of(shorter, n), n, 1);
                RolloutEngine.of(
                                EngineChoice.SAMEDIFF,
                                TestModels.spec(shorter),
                                ModelWeights.of(
                                        TestModels.spec(shorter),
                                        TestModels.weights(shorter, 11).parameters()))
                        .run(part);

                assertArrayEquals(
                        part.probabilities(),
                        Arrays.copyOfRange(whole.stepProbabilities(), (t - 1) * width, t * width),
                        1e-5f,
                        engine.name() + ", glimpse " + t);
            }
            assertArrayEquals(
                    whole.probabilities(),
                    Arrays.copyOfRange(
                            whole.stepProbabilities(), (config.steps() - 1) * width, config.steps() * width));
        }
    }

    @Test
    void locationsAreClippedAndSamplesAreNot() {
        RolloutBatch batch = filled(RolloutBatch.forLearning(TestModels.ODD, 3), 3, 1);
        Arrays.fill(batch.noise(), 100);
        assertAgrees(TestModels.ODD, batch);

        assertArrayEquals(new float[] {1, 1}, Arrays.copyOfRange(batch.locations(), 6, 8));
        assertTrue(batch.samples()[0] > 18, "σ · 100 = 20, and a mean above −1");
    }

    private static void assertAgrees(RamConfig config, RolloutBatch batch) {
        Weights weights = TestModels.weights(config, 11);
        engines(weights).forEach(engine -> assertAgrees(weights, engine, batch));
    }

    private static List<RolloutEngine> engines(Weights weights) {
        RamSpec model = TestModels.spec(weights.config());
        return List.of(
                RolloutEngine.of(EngineChoice.BLAS, model, ModelWeights.of(model, weights.parameters())),
                RolloutEngine.of(EngineChoice.SAMEDIFF, model, ModelWeights.of(model, weights.parameters())));
    }

    private static void assertAgrees(Weights weights, RolloutEngine engine, RolloutBatch batch) {
        RamConfig config = weights.config();
        engine.run(batch);
        int image = config.image().size();
        for (int b = 0; b < batch.size(); b++) {
            double[][] noise = new double[config.steps() - 1][];
            for (int t = 0; t < noise.length; t++) {
                int at = 2 * (t * batch.size() + b);
                noise[t] = new double[] {batch.noise()[at], batch.noise()[at + 1]};
            }
            Reference.Rollout expected = Reference.run(
                    weights,
                    PADDING,
                    Arrays.copyOfRange(batch.images(), b * image, (b + 1) * image),
                    new double[] {batch.starts()[2 * b], batch.starts()[2 * b + 1]},
                    noise);
            assertRollout(inBatch(config, expected), 0, batch, b, 1e-5f);
        }
    }

    private static RolloutBatch inBatch(RamConfig config, Reference.Rollout rollout) {
        RolloutBatch batch = RolloutBatch.forLearning(config, 1);
        put(batch.probabilities(), rollout.probabilities());
        put(batch.locations(), rollout.locations());
        put(batch.glimpses(), rollout.glimpses());
        put(batch.samples(), rollout.samples());
        return batch;
    }

    private static void put(float[] to, double[]... rows) {
        int at = 0;
        for (double[] row : rows) {
            for (double value : row) {
                to[at++] = (float) value;
            }
        }
    }
}
