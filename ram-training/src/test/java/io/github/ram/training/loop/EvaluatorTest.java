package io.github.ram.training.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.Classifier;
import io.github.ram.model.EngineChoice;
import io.github.ram.model.ImageShape;
import io.github.ram.model.Prediction;
import io.github.ram.model.Query;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.training.TrainingException;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.StoredDataset;
import io.github.ram.training.run.SmallRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluatorTest {

    /** Three batches: two of 128 images and one of 44. */
    private static final StoredDataset IMAGES = SmallRun.images(300, 9);

    @TempDir
    private static Path directory;

    private static Checkpoint model;

    @BeforeAll
    static void trainALittle() {
        SmallRun.train(directory, SmallRun.config(SmallRun.LEARNED, 1), 6);
        model = Checkpoint.load(directory.resolve("last.ram"));
    }

    private static Evaluator.Result evaluate(int rollouts, int threads, Dataset images) {
        try (Classifier engine = model.classifier(EngineChoice.AUTO, Evaluator.BATCH)) {
            return new Evaluator(model.model(), rollouts, threads).evaluate(engine, images);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "1, 3", "1, 64", "5, 2", "5, 64"})
    void theNumberOfThreadsChangesNothing(int rollouts, int threads) {
        Evaluator.Result one = evaluate(rollouts, 1, IMAGES);
        Evaluator.Result many = evaluate(rollouts, threads, IMAGES);

        assertEquals(300, many.total());
        assertEquals(rollouts, many.rollouts());
        assertEquals(one.errors(), many.errors());
        assertTrue(one.errors() > 0 && one.errors() < 200, "of 300 images of three classes: " + one);
        assertEquals(one.errors() / 3.0, one.errorPercent(), 1e-9);
    }

    @Test
    void theSameModelGivesTheSameCountTwice() {
        assertEquals(evaluate(5, 2, IMAGES).errors(), evaluate(5, 2, IMAGES).errors());
    }

    @Test
    void theBeginningOfADataSetIsJudgedAsInTheWhole() {
        int parts = evaluate(1, 2, IMAGES.slice(0, 100)).errors()
                + evaluate(1, 2, IMAGES.slice(100, 101)).errors()
                + evaluate(1, 2, IMAGES.slice(101, 300)).errors();

        assertEquals(evaluate(1, 2, IMAGES).errors(), parts);
    }

    @ParameterizedTest
    @CsvSource({"0, 4", "1, 0", "2, 5", "3, 2", "4, 1", "5, 3"})
    void theRankOfAClassCountsTheMoreProbableAndTheEqualOnesBeforeIt(int label, int rank) {
        assertEquals(rank, Evaluator.rank(List.of(0.05f, 0.4f, 0.05f, 0.1f, 0.3f, 0.1f), label));
    }

    @Test
    void noImageOfThreeClassesMissesTheFirstFive() {
        assertEquals(0, evaluate(1, 2, IMAGES).top5ErrorPercent());
    }

    @Test
    void imagesOfAnotherShapeAreRefused() {
        Dataset square = new StoredDataset("squares", new ImageShape(10, 10, 1), 3, new byte[100], new byte[1]);

        var refusal = assertThrows(TrainingException.class, () -> evaluate(1, 1, square));

        assertEquals("the images of squares are 10×10×1, the model reads 12×10×1", refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void fewerOrMoreClassesThanTheModelKnowsAreRefused(int classes) {
        Dataset other = new StoredDataset("other", SmallRun.SHAPE, classes, new byte[120], new byte[1]);

        var refusal = assertThrows(TrainingException.class, () -> evaluate(1, 1, other));

        assertEquals(
                "other has " + classes
                        + " classes, the model knows 3: choose the data set that the model was trained on",
                refusal.getMessage());
    }

    @Test
    void aFailureInAThreadComesOutAsItIs() {
        Classifier failing = new Classifier() {
            @Override
            public String engine() {
                return "failing";
            }

            @Override
            public int exactSize() {
                return 1;
            }

            @Override
            public List<Prediction> predict(List<Query> queries) {
                throw new IllegalStateException("out of luck");
            }

            @Override
            public Classifier fork() {
                return this;
            }

            @Override
            public void close() {
                // nothing to release
            }
        };

        var failure = assertThrows(
                IllegalStateException.class, () -> new Evaluator(model.model(), 1, 2).evaluate(failing, IMAGES));

        assertEquals("out of luck", failure.getMessage());
    }
}
