package io.github.ram.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ram.model.Classifier;
import io.github.ram.model.EngineChoice;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.checkpoint.Manifest;
import io.github.ram.training.data.DataDirectory;
import io.github.ram.training.data.DataSource;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.Split;
import io.github.ram.training.loop.Evaluator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The model that comes with the program, on the images that the README tells its errors on. */
class BundledCheckpointTest {

    /** What the README says: errors of 10,000. */
    private static final int TEST_ERRORS = 56;

    private static Evaluator.Result evaluate(Split split) {
        Path directory = DataDirectory.resolve(
                DataSource.MNIST, null, System.getenv(), Path.of(System.getProperty("user.home")));
        assumeTrue(
                Files.isDirectory(directory),
                () -> "MNIST is not here: set %s to its folder to measure the bundled model"
                        .formatted(DataDirectory.VARIABLE));
        Dataset images = DataSource.MNIST.load(split, directory);
        Checkpoint checkpoint = Checkpoint.bundled();
        try (Classifier engine = checkpoint.classifier(EngineChoice.AUTO, Evaluator.BATCH)) {
            return new Evaluator(checkpoint.model(), 1, 2).evaluate(engine, images);
        }
    }

    @Test
    void itMakesTheErrorsOnTheTestImagesThatTheReadmeTells() {
        // Processors round sums differently, which can tip an image that is on the edge.
        assertEquals(TEST_ERRORS, evaluate(Split.TEST).errors(), 5);
    }

    @Test
    void itMakesTheErrorsOnTheValidationImagesThatItWasChosenFor() {
        double percent = Checkpoint.bundled().manifest().provenance().validationErrorPercent();

        assertEquals(percent, evaluate(Split.VALIDATION).errorPercent(), 0.1);
    }

    @Test
    void itTellsWhereItCameFrom() {
        Manifest manifest = Checkpoint.bundled().manifest();

        assertEquals("ram-mnist", manifest.name());
        assertEquals("mnist", manifest.provenance().dataset());
        assertTrue(manifest.provenance().command().startsWith("train "));
        assertNotNull(manifest.provenance().gitCommit());
        assertEquals(Map.of(), Checkpoint.bundled().attachments());
    }
}
