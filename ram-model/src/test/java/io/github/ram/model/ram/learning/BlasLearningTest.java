package io.github.ram.model.ram.learning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.EngineChoice;
import io.github.ram.model.ModelWeights;
import io.github.ram.model.ram.LearningGraph;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.Reference;
import io.github.ram.model.ram.ReferenceLoss;
import io.github.ram.model.ram.RolloutGraph;
import io.github.ram.model.ram.TestArrays;
import io.github.ram.model.ram.TestModels;
import io.github.ram.model.ram.engine.RolloutEngine;
import io.github.ram.model.ram.gradient.LearningBatch;
import io.github.ram.model.ram.gradient.LossWeights;
import io.github.ram.model.ram.gradient.Losses;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.network.Weights;
import io.github.ram.model.ram.rollout.RolloutBatch;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class BlasLearningTest {

    private static final double LAMBDA = 0.4;

    static Stream<Arguments> models() {
        return TestModels.ofEveryKind()
                .flatMap(config -> Stream.of(
                        Arguments.of(config, new LossWeights(0, LAMBDA, false), 13),
                        Arguments.of(config, new LossWeights(0.3, LAMBDA, true), 130),
                        Arguments.of(config, new LossWeights(2, 0, true), 1)));
    }

    @ParameterizedTest
    @MethodSource("models")
    void lossesAndGradientsAreThoseOfTheGraph(RamConfig config, LossWeights objective, int n) {
        RamSpec model = TestModels.spec(config);
        Weights weights = TestModels.weights(config, 8);
        LearningBatch batch = batch(config, n);
        try (BlasLearning learning = new BlasLearning(model, weights, objective);
                SameDiffLearning graph = new SameDiffLearning(model, weights, objective)) {
            learning.run(batch); // of which the second run must keep nothing
            Losses losses = learning.run(batch);
            Losses expected = graph.learn(batch);

            assertEquals(expected.classification(), losses.classification(), 1e-5 * expected.classification());
            assertEquals(expected.baseline(), losses.baseline(), 1e-5 * expected.baseline());
            assertEquals(expected.policy(), losses.policy(), 2e-5 * Math.max(1, Math.abs(expected.policy())));
            for (String name : weights.arrays().keySet()) {
                assertClose(graph.gradient(name), learning.gradient(name), name);
            }
        }
    }

    @Test
    void standardOutputIsLeftAlone() throws InterruptedException {
        RamConfig config = TestModels.TINY;
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Set<PrintStream> seen = ConcurrentHashMap.newKeySet();
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch watching = new CountDownLatch(1);
        Thread watch = new Thread(() -> {
            while (!done.get()) {
                seen.add(System.out);
                watching.countDown();
            }
        });
        System.setOut(out);
        try {
            watch.start();
            watching.await();
            new SameDiffLearning(
                            TestModels.spec(config), TestModels.weights(config, 8), new LossWeights(0.3, LAMBDA, true))
                    .close();
        } finally {
            done.set(true);
            watch.join();
            System.setOut(before);
        }

        assertEquals("", printed.toString(StandardCharsets.UTF_8));
        assertEquals(Set.of(out), seen);
    }

    /** The distance, seen as vectors, is at most a ten thousandth of the length. */
    private static void assertClose(INDArray expected, INDArray actual, String name) {
        float[] values = TestArrays.values(actual);
        float[] wanted = expected == null ? new float[values.length] : TestArrays.values(expected);
        double squares = 0;
        double distance = 0;
        for (int i = 0; i < values.length; i++) {
            squares += (double) wanted[i] * wanted[i];
            distance += Math.pow(wanted[i] - values[i], 2);
        }
        assertTrue(
                Math.sqrt(distance) <= 1e-4 * Math.sqrt(squares),
                "%s: %s of %s".formatted(name, Math.sqrt(distance), Math.sqrt(squares)));
    }

    private static LearningBatch batch(RamConfig config, int n) {
        RolloutBatch rollouts = RolloutBatch.forLearning(config, n);
        LearningBatch batch = new LearningBatch(rollouts);
        SplittableRandom random = new SplittableRandom(5);
        for (int b = 0; b < n; b++) {
            rollouts.image(
                    b,
                    TestModels.pixels(config, b),
                    0,
                    TestModels.spec(config).input().table());
            batch.labels()[b] = random.nextInt(config.classes());
        }
        for (int i = 0; i < 2 * n; i++) {
            batch.startSamples()[i] = (float) random.nextDouble(-1.3, 1.3);
            rollouts.starts()[i] = Math.max(-1, Math.min(1, batch.startSamples()[i]));
        }
        for (int i = 0; i < rollouts.noise().length; i++) {
            rollouts.noise()[i] = (float) random.nextGaussian();
        }
        return batch;
    }

    @ParameterizedTest
    @MethodSource("models")
    void rolloutsAreThoseOfTheEngine(RamConfig config, LossWeights objective, int n) {
        RamSpec model = TestModels.spec(config);
        Weights weights = TestModels.weights(config, 8);
        LearningBatch batch = batch(config, n);
        LearningBatch other = batch(config, n);
        try (BlasLearning learning = new BlasLearning(model, weights, objective);
                RolloutEngine engine =
                        RolloutEngine.of(EngineChoice.BLAS, model, ModelWeights.of(model, weights.parameters()))) {
            learning.run(batch);
            engine.run(other.rollouts());

            for (int t = 0; t < config.steps(); t++) {
                for (int b = 0; b < n; b++) {
                    assertEquals(other.rollouts().x(t, b), batch.rollouts().x(t, b), 1e-5);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"RELU, 3, 0, true", "RELU, 2, 2, false", "RELU, 1, 0.3, true", "LSTM, 4, 0.3, true", "LSTM, 1, 0, false"
    })
    void theWholeLosssGradientIsThatOfFiniteDifferences(
            RamConfig.Core core, int steps, double stepWeight, boolean learnedStart) {
        RamConfig tiny = TestModels.withSteps(TestModels.TINY, steps);
        RamConfig config = core == RamConfig.Core.LSTM ? TestModels.withLstm(tiny) : tiny;
        Weights weights = TestModels.weights(config, 8);
        LossWeights objective = new LossWeights(stepWeight, LAMBDA, learnedStart);
        LearningBatch batch = batch(config, 3);
        try (BlasLearning learning = new BlasLearning(TestModels.spec(config), weights, objective)) {
            Losses losses = learning.run(batch);
            ReferenceLoss loss = new ReferenceLoss(
                    config, Reference.values(weights), objective, inputs(batch), batch.labels(), new float[] {
                        batch.reward(0), batch.reward(1), batch.reward(2)
                    });

            assertEquals(
                    loss.at(loss.weights()),
                    losses.classification() + losses.baseline() + LAMBDA * losses.policy(),
                    1e-5);
            loss.weights().forEach((name, values) -> {
                float[] gradient = TestArrays.values(learning.gradient(name));
                for (int i = 0; i < values.length; i++) {
                    double expected = loss.derivative(name, i);
                    assertEquals(expected, gradient[i], 1e-5 + 1e-4 * Math.abs(expected), name + " " + i);
                }
            });
        }
    }

    private static Map<String, INDArray> inputs(LearningBatch batch) {
        RolloutBatch rollouts = batch.rollouts();
        RamConfig config = rollouts.config();
        int n = rollouts.size();
        Map<String, INDArray> inputs = new HashMap<>();
        inputs.put(
                RolloutGraph.GLIMPSES,
                Nd4j.createFromArray(rollouts.glimpses()).reshape(config.steps(), n, config.glimpseSize()));
        inputs.put(
                RolloutGraph.LOCATIONS,
                Nd4j.createFromArray(rollouts.locations()).reshape(config.steps(), n, 2));
        inputs.put(
                LearningGraph.START_SAMPLES,
                Nd4j.createFromArray(batch.startSamples()).reshape(n, 2));
        if (config.steps() > 1) {
            inputs.put(
                    RolloutGraph.SAMPLES,
                    Nd4j.createFromArray(rollouts.samples()).reshape(config.steps() - 1, n, 2));
        }
        return inputs;
    }

    @Test
    void aBatchOfAnotherModelIsRefused() {
        RamSpec model = TestModels.spec(TestModels.TINY);
        Weights weights = TestModels.weights(TestModels.TINY, 1);
        try (LearningEngine learning =
                LearningEngine.of(EngineChoice.BLAS, model, weights, new LossWeights(0, LAMBDA, false))) {
            assertThrows(IllegalArgumentException.class, () -> learning.run(batch(TestModels.ODD, 2)));
        }
    }

    @Test
    void aBatchThatKeepsNoGlimpsesIsRefused() {
        RolloutBatch rollouts = RolloutBatch.of(TestModels.TINY, 2);

        var refusal = assertThrows(IllegalArgumentException.class, () -> new LearningBatch(rollouts));

        assertEquals("the rollouts must be a batch for learning", refusal.getMessage());
    }
}
