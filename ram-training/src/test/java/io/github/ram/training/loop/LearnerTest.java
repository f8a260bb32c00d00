package io.github.ram.training.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.ModelSpec;
import io.github.ram.model.ram.RamConfig;
import io.github.ram.model.ram.Weights;
import io.github.ram.training.augmentation.Augmentation;
import io.github.ram.training.ram.Gaze;
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
        try (Learner learner = new Learner(config, weights)) {
            LossTerms loss = null;
            for (int step = 0; step < count; step++) {
                int[] batch = IntStream.range(0, images).map(i -> (7 * i) % 90).toArray();
                loss = learner.step(SmallRun.TRAINING, batch, new SplittableRandom(step), rate);
            }
            return new Outcome(values(weights), learner.adam().state(), loss);
        }
    }

    private static Outcome steps(TrainingConfig config, int images, int count) {
        Weights weights = Weights.initial(config.model().network(), 3);
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
        // Next to no noise and no policy term: with them each number of threads draws numbers of its own.
        var network = SmallRun.network(3, 1e-6);
        var model = SmallRun.config(network, SmallRun.FIXED, 16, 1).model();
        var one = config(model, SmallRun.optimisation(16, 1, 2, 0));
        var many = config(model, SmallRun.optimisation(16, threads, 2, 0));

        Outcome whole = steps(one, images, 1);
        Outcome parts = steps(many, images, 1);

        assertArrayEquals(whole.gradient(), parts.gradient(), 1e-5f);
        assertEquals(whole.loss().classificationLoss(), parts.loss().classificationLoss(), 1e-5);
        assertEquals(whole.loss().baselineLoss(), parts.loss().baselineLoss(), 1e-5);
        assertEquals(whole.loss().accuracy(), parts.loss().accuracy(), 1e-12);
        assertTrue(max(whole.gradient()) > 0.01, "a gradient of zeros would prove nothing");
    }

    private static TrainingConfig config(ModelSpec model, TrainingConfig.Optimisation optimisation) {
        return new TrainingConfig("strokes", model, optimisation, SmallRun.SCHEDULE, Augmentation.NONE, 5);
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
                Arrays.equals(
                        first.weights(), values(Weights.initial(config.model().network(), 3))),
                "the weights must have moved");
    }

    @Test
    void batchesMayChangeTheirSizeFromStepToStep() {
        TrainingConfig config = SmallRun.config(SmallRun.LEARNED, 2);
        Weights weights = Weights.initial(config.model().network(), 3);
        try (Learner learner = new Learner(config, weights)) {
            for (int images : new int[] {16, 9, 1, 16, 2}) {
                int[] batch = IntStream.range(0, images).toArray();
                LossTerms terms = learner.step(SmallRun.TRAINING, batch, new SplittableRandom(images), 0.003);
                // An accuracy is a whole number of images.
                assertEquals(Math.rint(terms.accuracy() * images), terms.accuracy() * images, 1e-9);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyWeightLearnsWithALearnedStart(RamConfig.Core core) {
        TrainingConfig config = SmallRun.config(SmallRun.network(core, 3, 0.15), SmallRun.LEARNED, 16, 2);
        Weights weights = Weights.initial(config.model().network(), 3);
        Weights before = weights.copy();

        steps(config, weights, 16, 3, 0.003);

        weights.arrays()
                .forEach((name, array) ->
                        assertFalse(array.equals(before.arrays().get(name)), name + " stood still"));
    }

    @Test
    void aLossThatIsNoNumberLeavesTheWeightsAlone() {
        TrainingConfig config = SmallRun.config(SmallRun.LEARNED, 2);
        Weights weights = Weights.initial(config.model().network(), 3);
        weights.arrays().get("baseliner.fc.bias").putScalar(0, 0, Float.NaN);
        float[] before = values(weights);

        Outcome after = steps(config, weights, 16, 2, 0.003);

        assertTrue(Double.isNaN(after.loss().baselineLoss()));
        assertFalse(after.loss().isFinite());
        assertArrayEquals(before, after.weights());
    }

    @Test
    void anAbsurdLearningRateEndsInNoNumberAndStops() {
        TrainingConfig config = SmallRun.config(SmallRun.FIXED, 2);
        Weights weights = Weights.initial(config.model().network(), 3);

        Outcome after = steps(config, weights, 16, 2, 1e25);

        assertFalse(after.loss().isFinite());
        for (float weight : after.weights()) { // moved once, by the step whose loss was still a number
            assertTrue(Float.isFinite(weight));
        }
    }

    @Test
    void severalRolloutsOfAnImageStartAndLookApart() {
        var model = SmallRun.config(SmallRun.CHOSEN, 1).model();
        LossTerms terms = steps(config(model, SmallRun.optimisation(16, 1, 5, 0.01)), 16, 1)
                .loss();

        // An accuracy is a whole number of rollouts, and here not one of images.
        assertEquals(Math.rint(terms.accuracy() * 80), terms.accuracy() * 80, 1e-9);
        assertNotEquals(Math.rint(terms.accuracy() * 16), terms.accuracy() * 16, 1e-9);
    }

    @Test
    void aLongGradientIsShortenedThePolicysApartFromTheOthers() {
        var model = SmallRun.config(SmallRun.LEARNED, 1).model();
        var policy = new TrainingConfig.Policy(Gaze.POLICY, 1, 0.01, 1, 1e-5);
        Outcome free = steps(config(model, SmallRun.optimisation(16, 1, 1, 0.01)), 16, 1);
        Outcome clipped = steps(config(model, new TrainingConfig.Optimisation(16, 1, policy, 0.3, 0.25, 0)), 16, 1);

        Map<String, Double> before = norms(model, free.gradient());
        Map<String, Double> after = norms(model, clipped.gradient());
        assertTrue(before.get("policy") > 1e-4 && before.get("others") > 0.5, before.toString());
        assertEquals(1e-5, after.get("policy"), 1e-9);
        assertEquals(0.25, after.get("others"), 1e-5);
    }

    private static Map<String, Double> norms(ModelSpec model, float[] gradient) {
        double[] squares = new double[2];
        int at = 0;
        for (var entry : Weights.initial(model.network(), 3).arrays().entrySet()) {
            int which = Weights.policy(model.network()).contains(entry.getKey()) ? 0 : 1;
            for (int i = 0; i < entry.getValue().length(); i++, at++) {
                squares[which] += gradient[at] * gradient[at];
            }
        }
        return Map.of("policy", Math.sqrt(squares[0]), "others", Math.sqrt(squares[1]));
    }
}
