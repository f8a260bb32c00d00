package io.github.ram.model.ram.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.ram.model.Box;
import io.github.ram.model.Classifier;
import io.github.ram.model.Prediction;
import io.github.ram.model.Query;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.ram.RamClassifier;
import io.github.ram.model.ram.RolloutGraph;
import io.github.ram.model.ram.TestModels;
import io.github.ram.model.ram.rollout.RolloutBatch;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifierTest {

    @Test
    void thePredictionHasWhatTheRolloutSaw() {
        try (Classifier classifier = classifier()) {
            Prediction prediction = classifier.predict(query(1, 1));

            assertEquals(5, prediction.probabilities().size());
            assertEquals(
                    1, prediction.probabilities().stream().mapToDouble(p -> p).sum(), 1e-5);
            assertEquals(prediction.confidence(), prediction.probabilities().get(prediction.classIndex()));
            assertEquals(Integer.toString(prediction.classIndex()), prediction.label());
            assertEquals(4, prediction.glimpses().size());
            // The start (0.1, -0.3) on 17 columns and 11 rows: floor(9.35) − 1 and floor(3.85) − 1
            assertEquals(
                    new Prediction.Glimpse(1, 0.1f, -0.3f, new Box(8, 2, 3, 3)),
                    prediction.glimpses().get(0));
            assertEquals(4, prediction.glimpses().get(3).step());
        }
    }

    @Test
    void theSamePixelsGiveTheSamePredictionWhateverCameBetween() {
        try (Classifier classifier = classifier();
                Classifier other = classifier()) {
            Prediction first = classifier.predict(query(1, 1));
            classifier.predict(query(2, 1));
            assertEquals(first, classifier.predict(query(1, 1)));
            assertEquals(first, other.predict(query(1, 1)));
        }
    }

    @Test
    void normalisedPixelsGiveThePredictionThatTheirBytesGive() {
        byte[] pixels = TestModels.pixels(TestModels.ODD, 1);
        float[] input = new float[pixels.length];
        for (int i = 0; i < input.length; i++) {
            input[i] = TestModels.spec(TestModels.ODD).input().apply((pixels[i] & 0xff) / 255.0, 0);
        }
        try (Classifier classifier = classifier()) {
            assertEquals(
                    List.of(classifier.predict(TestModels.spec(TestModels.ODD).query(pixels, 1))),
                    classifier.predict(List.of(new Query(input, 1))));
        }
    }

    @Test
    void manyImagesGetTheirOwnPredictionsInTheirOrder() {
        List<Query> queries = queries(20, i -> 1 + i % 4); // 50 rollouts, in parts of 7
        try (Classifier one = classifier();
                Classifier many = classifier(7)) {
            List<Prediction> together = many.predict(queries);

            assertEquals(20, together.size());
            for (int i = 0; i < 20; i++) {
                assertClose(one.predict(List.of(queries.get(i))).get(0), together.get(i));
            }
            assertEquals(
                    20,
                    together.stream().map(Prediction::probabilities).distinct().count());
        }
    }

    @Test
    void severalRolloutsAreAveragedAndTheFirstIsGreedy() {
        byte[] pixels = TestModels.pixels(TestModels.ODD, 1);
        RolloutBatch batch = RolloutBatch.of(TestModels.ODD, 1);
        SameDiffEngine engine = engine();
        double[] sums = new double[5];
        int[] votes = new int[5];
        try (Classifier classifier = classifier()) {
            Prediction greedy =
                    classifier.predict(TestModels.spec(TestModels.ODD).query(pixels, 1));
            for (int m = 0; m < 3; m++) {
                batch.image(0, query(1, 1).input());
                batch.greedy(0, TestModels.spec(TestModels.ODD).start().location());
                if (m > 0) {
                    batch.sampled(0, TestModels.spec(TestModels.ODD).start().location(), new SplittableRandom(m));
                }
                engine.run(batch);
                for (int c = 0; c < 5; c++) {
                    sums[c] += batch.probabilities()[c];
                }
                votes[best(batch.probabilities())]++;
            }

            Prediction mean = classifier.predict(List.of(query(1, 3))).get(0);

            assertEquals(greedy.glimpses(), mean.glimpses());
            for (int c = 0; c < 5; c++) {
                assertEquals(sums[c] / 3, mean.probabilities().get(c), 1e-6);
            }
            assertNotEquals(greedy.probabilities(), mean.probabilities());
            assertEquals(Collections.max(mean.probabilities()), mean.confidence());
            assertNull(greedy.agreement());
            assertEquals(votes[mean.classIndex()] / 3f, mean.agreement());
        }
    }

    @Test
    void probabilitiesAfterEachGlimpseAreGivenToThoseWhoAsk() {
        Query plain = query(1, 1);
        try (Classifier classifier = classifier()) {
            List<Prediction> predictions = classifier.predict(
                    List.of(plain, plain.explainedToo(), query(2, 3).explainedToo()));

            assertEquals(classifier.predict(List.of(plain)).get(0), predictions.get(0));
            assertNull(predictions.get(0).glimpses().get(0).probabilities());
            Prediction stepwise = predictions.get(1);
            assertEquals(stepwise.probabilities(), stepwise.glimpses().get(3).probabilities());
            assertNotEquals(stepwise.probabilities(), stepwise.glimpses().get(0).probabilities());
            // Of several rollouts the glimpses are the greedy one's, and so is what came of them.
            assertEquals(
                    classifier
                            .predict(List.of(query(2, 1).explainedToo()))
                            .get(0)
                            .glimpses(),
                    predictions.get(2).glimpses());
        }
    }

    @Test
    void theBundledModelTellsWhatEachGlimpseMadeOfIt() {
        Checkpoint checkpoint = Checkpoint.bundled();
        try (Classifier classifier = checkpoint.classifier()) {
            float[] blank = new float[checkpoint.model().image().size()];
            Prediction prediction = classifier
                    .predict(List.of(new Query(blank, 1).explainedToo()))
                    .get(0);

            assertEquals(
                    prediction.probabilities(),
                    prediction.glimpses().get(prediction.glimpses().size() - 1).probabilities());
        }
    }

    @Test
    void noQueriesGetNoPredictions() {
        try (Classifier classifier = classifier()) {
            assertEquals(List.of(), classifier.predict(List.of()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1001})
    void anotherNumberOfRolloutsIsRefused(int rollouts) {
        assertEquals(
                "rollouts must be in [1, 1000], got " + rollouts,
                assertThrows(IllegalArgumentException.class, () -> new Query(new float[1], rollouts))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 560, 562})
    void anotherNumberOfPixelsIsRefused(int length) {
        try (Classifier classifier = classifier()) {
            assertEquals(
                    "an image of this model has 561 pixels (11×17×3), got " + length,
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> classifier.predict(new Query(new float[length], 1)))
                            .getMessage());
        }
    }

    private static List<Query> queries(int n, IntUnaryOperator rollouts) {
        return IntStream.range(0, n)
                .mapToObj(i -> query(i, rollouts.applyAsInt(i)))
                .toList();
    }

    private static Query query(int seed, int rollouts) {
        return Query.of(
                TestModels.pixels(TestModels.ODD, seed),
                TestModels.spec(TestModels.ODD).input().table(),
                rollouts);
    }

    private static int best(float[] probabilities) {
        int best = 0;
        for (int c = 1; c < 5; c++) {
            best = probabilities[c] > probabilities[best] ? c : best;
        }
        return best;
    }

    private static void assertClose(Prediction expected, Prediction actual) {
        assertEquals(expected.classIndex(), actual.classIndex());
        for (int c = 0; c < expected.probabilities().size(); c++) {
            assertEquals(expected.probabilities().get(c), actual.probabilities().get(c), 1e-5);
        }
        for (int t = 0; t < expected.glimpses().size(); t++) {
            assertEquals(
                    expected.glimpses().get(t).x(), actual.glimpses().get(t).x(), 1e-5);
            assertEquals(
                    expected.glimpses().get(t).y(), actual.glimpses().get(t).y(), 1e-5);
        }
    }

    private static Classifier classifier() {
        return new RamClassifier(TestModels.spec(TestModels.ODD), engine(), 1);
    }

    private static Classifier classifier(int capacity) {
        return new RamClassifier(TestModels.spec(TestModels.ODD), engine(), capacity);
    }

    private static SameDiffEngine engine() {
        return new SameDiffEngine(TestModels.ODD, RolloutGraph.build(TestModels.weights(TestModels.ODD, 4), -0.5));
    }
}
