package io.github.ram.model.graph;

import static io.github.ram.model.ram.TestArrays.uniform;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.ram.LearningGraph;
import io.github.ram.model.ram.RolloutGraph;
import io.github.ram.model.ram.TestArrays;
import io.github.ram.model.ram.TestModels;
import io.github.ram.model.ram.gradient.LossWeights;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.network.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GraphPlanTest {

    private static final List<String> ROLLOUT =
            List.of(RolloutGraph.PROBABILITIES, RolloutGraph.LOCATIONS, RolloutGraph.GLIMPSES, RolloutGraph.SAMPLES);

    @BeforeAll
    static void startBackend() {
        Backend.initialise();
    }

    static Stream<RamConfig> models() {
        return Stream.of(TestModels.ODD, TestModels.withLstm(TestModels.ODD));
    }

    @ParameterizedTest
    @MethodSource("models")
    void theRolloutIsThatOfSameDiffsSession(RamConfig config) {
        SameDiff graph = RolloutGraph.build(TestModels.weights(config, 3), -0.5);
        Map<String, INDArray> inputs = rolloutInputs(config, 7);
        GraphPlan plan = new GraphPlan(graph, inputs, ROLLOUT);
        plan.run();

        graph.output(inputs, ROLLOUT).forEach((name, array) -> TestArrays.assertClose(array, plan.output(name), name));
    }

    @ParameterizedTest
    @MethodSource("models")
    void theGradientsAreThoseOfSameDiffsSession(RamConfig config) {
        Weights weights = TestModels.weights(config, 3);
        SameDiff graph = LearningGraph.build(weights, new LossWeights(0, 0.01, true));
        graph.createGradFunction();
        SameDiff gradient = graph.getFunction("grad");
        Map<String, INDArray> inputs = learningInputs(config, 7);
        List<String> names = new ArrayList<>(List.of(LearningGraph.LOSS, LearningGraph.POLICY_LOSS));
        weights.arrays().keySet().forEach(name -> names.add(name + "-grad"));
        GraphPlan plan = new GraphPlan(gradient, inputs, names);
        plan.run();

        gradient.output(inputs, names).forEach((name, array) -> TestArrays.assertClose(array, plan.output(name), name));
    }

    @Test
    void runsFollowTheInputsAndTheWeights() {
        Weights weights = TestModels.weights(TestModels.ODD, 3);
        SameDiff graph = RolloutGraph.build(weights, -0.5);
        Map<String, INDArray> inputs = rolloutInputs(TestModels.ODD, 7);
        GraphPlan plan = new GraphPlan(graph, inputs, ROLLOUT);
        INDArray before = plan.output(RolloutGraph.PROBABILITIES).dup();

        inputs.get(RolloutGraph.IMAGES).muli(-1);
        weights.arrays().values().forEach(array -> array.muli(0.9));
        plan.run();

        INDArray after = plan.output(RolloutGraph.PROBABILITIES);
        assertNotEquals(before, after);
        TestArrays.assertClose(graph.outputSingle(inputs, RolloutGraph.PROBABILITIES), after, "after the changes");
    }

    @Test
    void plansOfOneGraphOnSeveralThreadsDoNotDisturbEachOther() throws Exception {
        SameDiff graph = LearningGraph.build(TestModels.weights(TestModels.ODD, 3), new LossWeights(0, 0.01, true));
        graph.createGradFunction();
        SameDiff gradient = graph.getFunction("grad");
        List<String> names = List.of(LearningGraph.LOSS, "sensor.fc1.weight" + "-grad", "locator.fc_lt.bias" + "-grad");
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (int thread = 0; thread < 3; thread++) {
                Map<String, INDArray> inputs = learningInputs(TestModels.ODD, 5 + thread);
                Map<String, INDArray> expected = new HashMap<>();
                GraphPlan alone = new GraphPlan(gradient, inputs, names);
                names.forEach(name -> expected.put(name, alone.output(name).dup()));
                runs.add(threads.submit(() -> {
                    GraphPlan plan = new GraphPlan(gradient, inputs, names);
                    for (int run = 0; run < 30; run++) {
                        plan.run();
                        names.forEach(name -> TestArrays.assertBits(expected.get(name), plan.output(name), name));
                    }
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void memoryDoesNotGrowFromRunToRun() {
        SameDiff graph = RolloutGraph.build(TestModels.weights(TestModels.ODD, 3), -0.5);
        GraphPlan plan = new GraphPlan(graph, rolloutInputs(TestModels.ODD, 256), ROLLOUT);
        for (int run = 0; run < 30; run++) {
            plan.run();
        }
        long before = Pointer.physicalBytes();
        for (int run = 0; run < 200; run++) {
            plan.run();
        }
        long grown = Pointer.physicalBytes() - before;
        assertTrue(grown < 100_000_000, "grew by " + grown + " bytes in 200 runs");
    }

    @Test
    void anOutputMayBeAWeightAConstantOrAnInput() {
        SameDiff graph = SameDiff.create();
        INDArray weight = Nd4j.ones(DataType.FLOAT, 1, 2);
        graph.var("weight", weight);
        graph.constant("constant", 3f);
        SDVariable input = graph.placeHolder("input", DataType.FLOAT, -1, 2);
        graph.identity("same", input);
        INDArray given = Nd4j.createFromArray(new float[][] {{5, 6}});

        GraphPlan plan = new GraphPlan(graph, Map.of("input", given), List.of("weight", "constant", "input", "same"));
        plan.run();

        assertSame(weight, plan.output("weight"));
        assertEquals(3, plan.output("constant").getFloat(0));
        assertSame(given, plan.output("input"));
        assertSame(given, plan.output("same"));
    }

    @Test
    void whatIsNotThereIsRefused() {
        SameDiff graph = RolloutGraph.build(TestModels.weights(TestModels.TINY, 3), -0.5);
        Map<String, INDArray> inputs = rolloutInputs(TestModels.TINY, 2);
        assertRefused("the graph has no variable glance", graph, inputs, "glance");

        inputs.remove(RolloutGraph.NOISE);
        assertRefused("an array is missing for placeholder noise", graph, inputs, RolloutGraph.LOCATIONS);

        GraphPlan plan = new GraphPlan(graph, rolloutInputs(TestModels.TINY, 2), List.of(RolloutGraph.LOCATIONS));
        String message = assertThrows(IllegalArgumentException.class, () -> plan.output(RolloutGraph.PROBABILITIES))
                .getMessage();
        assertEquals("probabilities is not an output of this plan: [locations]", message);
    }

    @Test
    void branchesAreRefused() {
        SameDiff graph = SameDiff.create();
        SDVariable x = graph.placeHolder("x", DataType.FLOAT, 2);
        graph.ifCond("y", null, sd -> x.sum().gt(0), sd -> x.mul(2), sd -> x.mul(3));
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> new GraphPlan(graph, Map.of("x", Nd4j.ones(DataType.FLOAT, 2)), List.of("y")))
                .getMessage();
        assertTrue(message.startsWith("a plan cannot run operation "), message);
        assertTrue(message.endsWith(" (merge)"), message);
    }

    @Test
    void operationsOfTwoInputsOfTheOldKindAreRefused() {
        SameDiff graph = SameDiff.create();
        SDVariable x = graph.placeHolder("x", DataType.FLOAT, 2, 3);
        graph.math().cosineSimilarity("y", x, x, 1);
        INDArray given = Nd4j.ones(DataType.FLOAT, 2, 3);
        assertRefused(
                "a plan cannot run operation cosinesimilarity (cosinesimilarity)", graph, Map.of("x", given), "y");
    }

    private static void assertRefused(String message, SameDiff graph, Map<String, INDArray> inputs, String output) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> new GraphPlan(graph, inputs, List.of(output)))
                        .getMessage());
    }

    private static Map<String, INDArray> rolloutInputs(RamConfig config, int batch) {
        SplittableRandom random = new SplittableRandom(batch);
        Map<String, INDArray> inputs = new HashMap<>();
        inputs.put(
                RolloutGraph.IMAGES,
                uniform(
                        random,
                        batch,
                        config.image().height(),
                        config.image().width(),
                        config.image().channels()));
        inputs.put(RolloutGraph.START, uniform(random, batch, 2));
        inputs.put(RolloutGraph.NOISE, uniform(random, config.steps() - 1, batch, 2));
        return inputs;
    }

    private static Map<String, INDArray> learningInputs(RamConfig config, int batch) {
        SplittableRandom random = new SplittableRandom(batch);
        Map<String, INDArray> inputs = new HashMap<>();
        inputs.put(RolloutGraph.GLIMPSES, uniform(random, config.steps(), batch, config.glimpseSize()));
        inputs.put(RolloutGraph.LOCATIONS, uniform(random, config.steps(), batch, 2));
        inputs.put(RolloutGraph.SAMPLES, uniform(random, config.steps() - 1, batch, 2));
        inputs.put(LearningGraph.START_SAMPLES, uniform(random, batch, 2));
        inputs.put(LearningGraph.REWARDS, uniform(random, batch, 1));
        inputs.put(
                LearningGraph.LABELS,
                Nd4j.eye(config.classes()).castTo(DataType.FLOAT).getRows(new int[batch]));
        return inputs;
    }
}
