package io.github.ram.model.ram;

import static io.github.ram.model.ram.TestArrays.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.ram.gradient.LossWeights;
import io.github.ram.model.ram.network.Weights;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Losses and gradients reckoned by hand. All weights are zero but for some biases, so μ = tanh(0.5, −0.25)
 * = (0.46212, −0.24492) and b = 0.25 in every step. Two rollouts, R = 1 and 0, so R − b = 0.75 and −0.25;
 * σ = 0.5, λ = 0.1.
 */
class LearningGraphTest {

    private static final double LAMBDA = 0.1;

    /** −log softmax(0.5, 1, −0.5), the mean of the second and the third. */
    private static final double CLASSIFICATION = 1.3541306;

    private static final double BASELINE = 0.3125; // (0.75² + 0.25²) / 2

    @Test
    void theLossesAreThoseReckonedByHand() {
        Map<String, INDArray> losses = losses(graph(3, false), inputs(3, false));

        assertEquals(CLASSIFICATION, value(losses, LearningGraph.CLASSIFICATION_LOSS), 1e-6);
        assertEquals(BASELINE, value(losses, LearningGraph.BASELINE_LOSS), 1e-6);
        assertEquals(1.6566402, value(losses, LearningGraph.POLICY_LOSS), 1e-5);
        assertEquals(1.8322946, value(losses, LearningGraph.LOSS), 1e-5);
    }

    @Test
    void theCrossEntropyOfASureModelIsFinite() {
        Weights weights = weights(3);
        weights.arrays()
                .get("classifier.fc.bias")
                .assign(Nd4j.createFromArray(1000f, 0, -1000).reshape(1, 3));
        SameDiff graph = LearningGraph.build(weights, new LossWeights(0, LAMBDA, false));

        double loss = value(losses(graph, inputs(3, false)), LearningGraph.CLASSIFICATION_LOSS);
        INDArray gradient = gradient(graph, inputs(3, false), "classifier.fc.bias");

        assertEquals(1500, loss); // of the second class 1000, of the third 2000
        assertArrayEquals(new float[] {1, -0.5f, -0.5f}, values(gradient));
    }

    @Test
    void earlierStepsCountAsMuchAsTheirWeight() {
        // With the state hₜ = (t, 0, 0) and a classifier that adds ln 2 · h to the first logit, the first class has
        // e^0.5 · 2^t of the whole.
        Weights weights = weights(3);
        weights.arrays().get("rnn.i2h.bias").putScalar(0, 0, 1);
        weights.arrays().get("rnn.h2h.weight").putScalar(0, 0, 1);
        weights.arrays().get("classifier.fc.weight").putScalar(0, 0, Math.log(2));

        double last = classificationLoss(weights, 0);
        double weighted = classificationLoss(weights, 0.5);

        double[] each = new double[3];
        for (int t = 1; t <= 3; t++) {
            double sum = Math.exp(0.5) * Math.pow(2, t) + Math.exp(1) + Math.exp(-0.5);
            each[t - 1] = Math.log(sum) - (1 - 0.5) / 2; // the mean of the second and the third class
        }
        assertEquals(each[2], last, 1e-5);
        assertEquals((0.5 * each[0] + 0.5 * each[1] + each[2]) / 2, weighted, 1e-5);
    }

    private static double classificationLoss(Weights weights, double stepWeight) {
        SameDiff graph = LearningGraph.build(weights, new LossWeights(stepWeight, LAMBDA, false));
        return value(losses(graph, inputs(3, false)), LearningGraph.CLASSIFICATION_LOSS);
    }

    @Test
    void theLocatorsGradientIsThatOfReinforceScaledByTheLossAndTheBatch() {
        INDArray gradient = gradient(graph(3, false), inputs(3, false), "locator.fc_lt.bias");

        // λ/B · Σ −(R − b)(l − μ)/σ² · (1 − μ²), the last factor that of tanh
        assertArrayEquals(new float[] {0.13009688f, 0.08790668f}, values(gradient), 1e-6f);
    }

    @Test
    void aLearnedStartIsOneMoreLocationOfThePolicy() {
        SameDiff graph = graph(3, true);
        Map<String, INDArray> losses = losses(graph, inputs(3, true));

        assertEquals(1.8717377, value(losses, LearningGraph.POLICY_LOSS), 1e-5);
        assertArrayEquals(
                new float[] {0.17037222f, 0.15418537f},
                values(gradient(graph, inputs(3, true), "locator.fc_lt.bias")),
                1e-6f);
    }

    @Test
    void theStartMeanIsThePolicyOfTheZeroState() {
        Weights weights = weights(3);
        weights.arrays().get("locator.fc.weight").assign(7); // of no effect on a state of zeros
        weights.arrays()
                .get("locator.fc.bias")
                .assign(Nd4j.createFromArray(1f, -1, 2).reshape(1, 3));
        weights.arrays().get("locator.fc_lt.weight").assign(Nd4j.createFromArray(new float[][] {
            {0.1f, 0.2f}, {0.3f, 0.4f}, {-0.5f, 0.6f}
        }));

        INDArray mean = LearningGraph.build(weights, new LossWeights(0, LAMBDA, true))
                .getVariable(LearningGraph.START_MEAN)
                .eval();

        assertArrayEquals(new long[] {1, 2}, mean.shape());
        assertArrayEquals(new float[] {-0.37994896f, 0.81775408f}, values(mean), 1e-6f);
    }

    @Test
    void oneGlimpseHasNoLocationToChoose() {
        SameDiff graph = graph(1, false);
        Map<String, INDArray> losses = losses(graph, inputs(1, false));

        assertEquals(0, value(losses, LearningGraph.POLICY_LOSS));
        assertEquals(CLASSIFICATION + BASELINE, value(losses, LearningGraph.LOSS), 1e-6);
        assertFalse(graph.hasVariable(RolloutGraph.SAMPLES));
        assertFalse(graph.hasVariable(LearningGraph.START_SAMPLES));
    }

    @Test
    void oneGlimpseMayHaveALearnedStart() {
        SameDiff graph = graph(1, true);
        Map<String, INDArray> losses = losses(graph, inputs(1, true));

        assertEquals(0.21509751, value(losses, LearningGraph.POLICY_LOSS), 1e-5);
        assertEquals(1.6881404, value(losses, LearningGraph.LOSS), 1e-5);
        assertArrayEquals(
                new float[] {0.04027534f, 0.06627869f},
                values(gradient(graph, inputs(1, true), "locator.fc_lt.bias")),
                1e-6f);
    }

    @Test
    void theBaselineIsNotTrainedByThePolicy() {
        SameDiff weak = LearningGraph.build(weights(3), new LossWeights(0, 0, true));
        SameDiff strong = LearningGraph.build(weights(3), new LossWeights(0, 1000, true));

        // Mean of 2·(b − R): (−1.5 + 0.5) / 2
        assertArrayEquals(new float[] {-0.5f}, values(gradient(weak, inputs(3, true), "baseliner.fc.bias")), 1e-6f);
        assertArrayEquals(new float[] {-0.5f}, values(gradient(strong, inputs(3, true), "baseliner.fc.bias")), 1e-6f);
    }

    private static SameDiff graph(int steps, boolean learnedStart) {
        return LearningGraph.build(weights(steps), new LossWeights(0, LAMBDA, learnedStart));
    }

    private static Weights weights(int steps) {
        Weights weights = Weights.initial(TestModels.withSteps(TestModels.TINY, steps), 1);
        weights.arrays().values().forEach(array -> array.assign(0));
        weights.arrays()
                .get("locator.fc_lt.bias")
                .assign(Nd4j.createFromArray(0.5f, -0.25f).reshape(1, 2));
        weights.arrays().get("baseliner.fc.bias").assign(0.25);
        weights.arrays()
                .get("classifier.fc.bias")
                .assign(Nd4j.createFromArray(0.5f, 1, -0.5f).reshape(1, 3));
        return weights;
    }

    private static Map<String, INDArray> inputs(int steps, boolean learnedStart) {
        Map<String, INDArray> inputs = new HashMap<>();
        inputs.put(RolloutGraph.GLIMPSES, Nd4j.ones(DataType.FLOAT, steps, 2, 4));
        inputs.put(RolloutGraph.LOCATIONS, Nd4j.zeros(DataType.FLOAT, steps, 2, 2));
        inputs.put(LearningGraph.LABELS, Nd4j.createFromArray(new float[][] {{0, 1, 0}, {0, 0, 1}}));
        inputs.put(LearningGraph.REWARDS, Nd4j.createFromArray(1f, 0).reshape(2, 1));
        if (learnedStart) {
            inputs.put(LearningGraph.START_SAMPLES, Nd4j.createFromArray(new float[][] {{0.2f, -0.6f}, {0.7f, 0.1f}}));
        }
        if (steps == 3) {
            inputs.put(RolloutGraph.SAMPLES, Nd4j.createFromArray(new float[][][] {
                {{0.9f, -0.4f}, {0.1f, 0.3f}}, {{-1.2f, 0.05f}, {0.46f, 1.5f}}
            }));
        }
        return inputs;
    }

    private static double value(Map<String, INDArray> losses, String name) {
        assertTrue(losses.get(name).isScalar(), name);
        return losses.get(name).getDouble(0);
    }

    private static INDArray gradient(SameDiff graph, Map<String, INDArray> inputs, String name) {
        return graph.calculateGradients(inputs, name).get(name);
    }

    private static Map<String, INDArray> losses(SameDiff graph, Map<String, INDArray> inputs) {
        return graph.output(
                inputs,
                List.of(
                        LearningGraph.CLASSIFICATION_LOSS,
                        LearningGraph.BASELINE_LOSS,
                        LearningGraph.POLICY_LOSS,
                        LearningGraph.LOSS));
    }
}
