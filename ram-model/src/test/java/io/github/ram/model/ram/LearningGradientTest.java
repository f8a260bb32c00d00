package io.github.ram.model.ram;

import static io.github.ram.model.ram.TestArrays.uniform;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.ram.gradient.LossWeights;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.network.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The gradients of the losses against finite differences of the paper's equations in plain Java. */
class LearningGradientTest {

    private static final int BATCH = 3;
    private static final double LAMBDA = 0.4;
    private static final int[] LABELS = {2, 0, 1};
    private static final float[] REWARDS = {1, 0, 1};

    @ParameterizedTest
    @CsvSource({
        "RELU, 3, 0, false",
        "RELU, 3, 0, true",
        "RELU, 3, 0.3, true",
        "RELU, 2, 2, false",
        "RELU, 1, 0, true",
        "RELU, 1, 0.3, false",
        "LSTM, 4, 0.3, true",
        "LSTM, 2, 0, false",
        "LSTM, 1, 0, false"
    })
    void theWholeLosssGradientIsThatOfFiniteDifferences(
            RamConfig.Core core, int steps, double stepWeight, boolean learnedStart) {
        Weights weights = weights(core, steps);
        LossWeights objective = new LossWeights(stepWeight, LAMBDA, learnedStart);
        SameDiff graph = LearningGraph.build(weights, objective);
        Map<String, INDArray> inputs = inputs(steps, learnedStart);
        graph.createGradFunction();
        List<String> reached = new ArrayList<>(weights.arrays().keySet());
        reached.removeIf(name -> !graph.variableHasGradient(name)); // named in the test of one glimpse
        Map<String, INDArray> gradients = graph.calculateGradients(inputs, reached);
        ReferenceLoss loss =
                new ReferenceLoss(weights.config(), Reference.values(weights), objective, inputs, LABELS, REWARDS);

        assertEquals(
                loss.at(loss.weights()),
                graph.outputSingle(inputs, LearningGraph.LOSS).getDouble(0),
                1e-5);
        SplittableRandom random = new SplittableRandom(1);
        for (String name : reached) {
            for (int entry = 0; entry < 6; entry++) {
                int i = random.nextInt(loss.weights().get(name).length);
                double expected = loss.derivative(name, i);
                assertEquals(
                        expected, gradients.get(name).getDouble(i), 1e-5 + 1e-4 * Math.abs(expected), name + " " + i);
            }
        }
    }

    static Stream<Arguments> terms() {
        return Stream.of(RamConfig.Core.values())
                .flatMap(core -> Stream.of(
                        Arguments.of(core, LearningGraph.CLASSIFICATION_LOSS, List.of("sensor", "rnn", "classifier")),
                        Arguments.of(core, LearningGraph.BASELINE_LOSS, List.of("baseliner")),
                        Arguments.of(core, LearningGraph.POLICY_LOSS, List.of("locator"))));
    }

    @ParameterizedTest
    @MethodSource("terms")
    void eachTermReachesOnlyTheNetworksThatItTrains(RamConfig.Core core, String term, List<String> trained) {
        Weights weights = weights(core, 3);
        SameDiff graph = LearningGraph.build(weights, new LossWeights(0, LAMBDA, true));
        // A sum with nothing of the weights' makes every one of them reachable, and adds nothing.
        var reach = weights.arrays().keySet().stream()
                .map(name -> graph.getVariable(name).sum().mul(0))
                .reduce((a, b) -> a.add(b))
                .orElseThrow();
        graph.getVariable(term).add("term", reach);
        graph.setLossVariables("term");

        graph.calculateGradients(inputs(3, true), weights.arrays().keySet()).forEach((name, gradient) -> {
            double norm = gradient.norm1Number().doubleValue();
            if (trained.contains(name.substring(0, name.indexOf('.')))) {
                assertTrue(norm > 1e-4, name + " must be trained by " + term);
            } else {
                assertEquals(0.0, norm, name + " must not be reached by " + term);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void withOneGlimpseAndAFixedStartNothingReachesTheLocatorOrTheRecurrence(RamConfig.Core core) {
        SameDiff graph = LearningGraph.build(weights(core, 1), new LossWeights(0, LAMBDA, false));
        graph.createGradFunction();

        assertEquals(
                List.of(
                        "rnn.h2h.weight",
                        "locator.fc.weight",
                        "locator.fc.bias",
                        "locator.fc_lt.weight",
                        "locator.fc_lt.bias"),
                weights(core, 1).arrays().keySet().stream()
                        .filter(name -> !graph.variableHasGradient(name))
                        .toList());
    }

    private static Weights weights(RamConfig.Core core, int steps) {
        RamConfig config = TestModels.withSteps(TestModels.TINY, steps);
        return TestModels.weights(core == RamConfig.Core.LSTM ? TestModels.withLstm(config) : config, 8);
    }

    private static Map<String, INDArray> inputs(int steps, boolean learnedStart) {
        SplittableRandom random = new SplittableRandom(4);
        Map<String, INDArray> inputs = new HashMap<>();
        inputs.put(RolloutGraph.GLIMPSES, uniform(random, steps, BATCH, 4));
        inputs.put(RolloutGraph.LOCATIONS, uniform(random, steps, BATCH, 2));
        if (steps > 1) {
            inputs.put(RolloutGraph.SAMPLES, uniform(random, steps - 1, BATCH, 2));
        }
        if (learnedStart) {
            inputs.put(LearningGraph.START_SAMPLES, uniform(random, BATCH, 2));
        }
        inputs.put(LearningGraph.LABELS, Nd4j.createFromArray(new float[][] {{0, 0, 1}, {1, 0, 0}, {0, 1, 0}}));
        inputs.put(LearningGraph.REWARDS, Nd4j.createFromArray(REWARDS).reshape(BATCH, 1));
        return inputs;
    }
}
