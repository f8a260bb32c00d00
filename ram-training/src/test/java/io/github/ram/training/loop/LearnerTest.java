package io.github.ram.training.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.LossTerms;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.Parameter;
import io.github.ram.model.ram.RamObjective;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.network.Weights;
import io.github.ram.training.augmentation.Augmentation;
import io.github.ram.training.loop.optimizer.OptimizerConfig;
import io.github.ram.training.run.SmallRun;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class LearnerTest {

    /** Weights, the optimizer's state and the loss after some steps. */
    private record Outcome(float[] weights, byte[] adam, LossTerms loss) {

        /** Of the first step: Adam's first moment is then a tenth of the gradient. */
        float[] gradient() {
            float[] gradient = new float[weights.length];
            ByteBuffer state = ByteBuffer.wrap(adam).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] = 10 * state.getFloat(Integer.BYTES + Float.BYTES * i);
            }
            return gradient;
        }
    }

    private static Outcome steps(TrainingConfig config, Weights weights, int images, int count, double rate) {
        try (Learner learner = new Learner(config, weights.parameters())) {
            LossTerms loss = null;
            for (int step = 0; step < count; step++) {
                int[] batch = IntStream.range(0, images).map(i -> (7 * i) % 90).toArray();
                loss = learner.step(SmallRun.TRAINING, batch, new SplittableRandom(step), rate);
            }
            return new Outcome(values(weights), learner.optimizer().state(), loss);
        }
    }

    private static Outcome steps(TrainingConfig config, int images, int count) {
        Weights weights = Weights.initial(network(config), 3);
        // A new policy looks at the middle of the image, where the least noise decides between two pixels.
        weights.arrays().get("locator.fc_lt.bias").assign(0.3);
        return steps(config, weights, images, count, 0.003);
    }

    private static float[] values(Weights weights) {
        float[] all = new float[(int) weights.count()];
        int at = 0;
        for (INDArray array : weights.arrays().values()) {
            float[] values = array.dup('c').data().asFloat();
            System.arraycopy(values, 0, all, at, values.length);
            at += values.length;
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource({"2, 16", "2, 13", "3, 16", "5, 7"})
    void theGradientOfThePartsIsThatOfTheWholeBatch(int threads, int images) {
        // One glimpse has no noise and no policy term: with noise each number of threads draws other numbers.
        var network = SmallRun.network(1, 0.1);
        var model = SmallRun.config(network, SmallRun.FIXED, 16, 1).model();
        var one = config(model, SmallRun.optimisation(16, 1, 2));
        var many = config(model, SmallRun.optimisation(16, threads, 2));

        Outcome whole = steps(one, images, 1);
        Outcome parts = steps(many, images, 1);

        assertArrayEquals(whole.gradient(), parts.gradient(), 1e-5f);
        assertEquals(whole.loss().get("classificationLoss"), parts.loss().get("classificationLoss"), 1e-5);
        assertEquals(whole.loss().get("baselineLoss"), parts.loss().get("baselineLoss"), 1e-5);
        assertEquals(whole.loss().get(LossTerms.ACCURACY), parts.loss().get(LossTerms.ACCURACY), 1e-12);
        assertTrue(max(whole.gradient()) > 0.01, "a gradient of zeros would prove nothing");
    }

    private static TrainingConfig config(ModelSpec model, TrainingConfig.Optimisation optimisation) {
        return new TrainingConfig("strokes", model, null, optimisation, SmallRun.SCHEDULE, Augmentation.NONE, 5);
    }

    private static RamConfig network(TrainingConfig config) {
        return ((RamSpec) config.model()).network();
    }

    private static float max(float[] values) {
        float max = 0;
        for (float value : values) {
            max = Math.max(max, Math.abs(value));
        }
        return max;
    }

    @ParameterizedTest
    @CsvSource({"1, 16", "2, 16", "2, 1", "8, 5"})
    void theSameSeedGivesTheSameBits(int threads, int images) {
        TrainingConfig config = SmallRun.config(SmallRun.LEARNED, threads);

        Outcome first = steps(config, images, 4);
        Outcome second = steps(config, images, 4);

        assertArrayEquals(first.weights(), second.weights());
        assertArrayEquals(first.adam(), second.adam());
        assertEquals(first.loss(), second.loss());
        assertFalse(
                Arrays.equals(first.weights(), values(Weights.initial(network(config), 3))),
                "the weights must have moved");
    }

    @Test
    void batchesMayChangeTheirSizeFromStepToStep() {
        TrainingConfig config = SmallRun.config(SmallRun.LEARNED, 2);
        Weights weights = Weights.initial(network(config), 3);
        try (Learner learner = new Learner(config, weights.parameters())) {
            for (int images : new int[] {16, 9, 1, 16, 2}) {
                int[] batch = IntStream.range(0, images).toArray();
                LossTerms terms = learner.step(SmallRun.TRAINING, batch, new SplittableRandom(images), 0.003);
                // An accuracy is a whole number of images.
                assertEquals(
                        Math.rint(terms.get(LossTerms.ACCURACY) * images),
                        terms.get(LossTerms.ACCURACY) * images,
                        1e-9);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyWeightLearnsWithALearnedStart(RamConfig.Core core) {
        TrainingConfig config = SmallRun.config(SmallRun.network(core, 3, 0.15), SmallRun.LEARNED, 16, 2);
        Weights weights = Weights.initial(network(config), 3);
        Weights before = weights.copy();

        steps(config, weights, 16, 3, 0.003);

        weights.arrays()
                .forEach((name, array) ->
                        assertFalse(array.equals(before.arrays().get(name)), name + " stood still"));
    }

    @Test
    void aLossThatIsNoNumberLeavesTheWeightsAlone() {
        TrainingConfig config = SmallRun.config(SmallRun.LEARNED, 2);
        Weights weights = Weights.initial(network(config), 3);
        weights.arrays().get("baseliner.fc.bias").putScalar(0, 0, Float.NaN);
        float[] before = values(weights);

        Outcome after = steps(config, weights, 16, 2, 0.003);

        assertTrue(Double.isNaN(after.loss().get("baselineLoss")));
        assertFalse(after.loss().isFinite());
        assertArrayEquals(before, after.weights());
    }

    @Test
    void anAbsurdLearningRateEndsInNoNumberAndStops() {
        TrainingConfig config = SmallRun.config(SmallRun.FIXED, 2);
        Weights weights = Weights.initial(network(config), 3);

        Outcome after = steps(config, weights, 16, 2, 1e25);

        assertFalse(after.loss().isFinite());
        for (float weight : after.weights()) { // moved once, by the step whose loss was still a number
            assertTrue(Float.isFinite(weight));
        }
    }

    @Test
    void severalRolloutsOfAnImageStartAndLookApart() {
        TrainingConfig config = config(SmallRun.config(SmallRun.CHOSEN, 1).model(), SmallRun.optimisation(16, 1, 5));
        boolean apart = false;
        for (int steps = 1; steps <= 5; steps++) {
            double accuracy = steps(config, 16, steps).loss().get(LossTerms.ACCURACY);
            // An accuracy is a whole number of rollouts, and not always one of images.
            assertEquals(Math.rint(accuracy * 80), accuracy * 80, 1e-9);
            apart |= Math.abs(Math.rint(accuracy * 16) - accuracy * 16) > 1e-9;
        }
        assertTrue(apart);
    }

    @Test
    void thePolicyHasALearningRateOfItsOwn() {
        var model = SmallRun.config(SmallRun.LEARNED, 1).model();
        var slow = new TrainingConfig.Optimisation(16, 1, new RamObjective(1, 0.3, 0.01), OptimizerConfig.ADAM, 0);
        Outcome same = steps(config(model, SmallRun.optimisation(16, 1, 1)), 16, 1);
        Outcome other = steps(config(model, slow), 16, 1);
        Map<String, Double> before = lengths(model, values(initial(model)), same.weights());
        Map<String, Double> after = lengths(model, values(initial(model)), other.weights());

        // The first step of Adam has the learning rate's length in every weight that has a gradient.
        assertEquals(before.get("others"), after.get("others"), 1e-6);
        assertEquals(0.01 * before.get("policy"), after.get("policy"), 1e-3 * before.get("policy"));
    }

    private static Weights initial(ModelSpec model) {
        Weights weights = Weights.initial(((RamSpec) model).network(), 3);
        weights.arrays().get("locator.fc_lt.bias").assign(0.3);
        return weights;
    }

    /** How far the weights of each group have moved. */
    private static Map<String, Double> lengths(ModelSpec model, float[] from, float[] to) {
        double[] squares = new double[2];
        int at = 0;
        for (Parameter parameter : model.parameters()) {
            int which = Weights.policy(((RamSpec) model).network()).contains(parameter.name()) ? 0 : 1;
            for (int i = 0; i < parameter.size(); i++, at++) {
                squares[which] += (to[at] - from[at]) * (to[at] - from[at]);
            }
        }
        return Map.of("policy", Math.sqrt(squares[0]), "others", Math.sqrt(squares[1]));
    }
}
