package io.github.ram.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ram.model.Classifier;
import io.github.ram.model.EngineChoice;
import io.github.ram.model.checkpoint.BundledModel;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.checkpoint.Manifest;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.source.DataDirectory;
import io.github.ram.training.data.source.DataSource;
import io.github.ram.training.loop.Evaluator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bundled models, on the images that their errors were measured on. */
class BundledCheckpointTest {

    static List<BundledModel> all() {
        return BundledModel.all();
    }

    private static Evaluator.Result evaluate(Checkpoint checkpoint, Split split) {
        DataSource source = DataSource.named(checkpoint.manifest().provenance().dataset());
        Path directory = DataDirectory.resolve(source, null, System.getenv(), Path.of(System.getProperty("user.home")));
        assumeTrue(
                !source.toString().equals("fashion") || directory.endsWith("fashion"),
                "the images of Fashion-MNIST are not here: a folder of this name must hold them");
        assumeTrue(
                Files.isDirectory(directory),
                () -> "the images of %s are not here: set %s to their folder to measure the bundled model"
                        .formatted(source, DataDirectory.VARIABLE));
        Dataset images = source.load(split, directory);
        try (Classifier engine = checkpoint.classifier(EngineChoice.AUTO, Evaluator.BATCH)) {
            return new Evaluator(checkpoint.model(), 1, 2).evaluate(engine, images);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void itMakesTheErrorsOnTheTestImagesThatItsEntrySays(BundledModel model) {
        Evaluator.Result result = evaluate(model.checkpoint(), Split.TEST);

        assertEquals(model.testImages(), result.total());
        // Processors round sums differently, which can tip an image that is on the edge.
        assertEquals(model.testErrors(), result.errors(), 5);
    }

    @ParameterizedTest
    @MethodSource("all")
    void itMakesTheErrorsOnTheValidationImagesThatItWasChosenFor(BundledModel model) {
        Checkpoint checkpoint = model.checkpoint();
        Double chosenFor = checkpoint.manifest().provenance().validationErrorPercent();
        assumeTrue(chosenFor != null, "a mean of models was not chosen for its own validation error");

        assertEquals(chosenFor, evaluate(checkpoint, Split.VALIDATION).errorPercent(), 0.1);
    }

    @Test
    void theDefaultModelNamesItsOrigin() {
        Manifest manifest = Checkpoint.bundled().manifest();

        assertEquals("ram-mnist", manifest.name());
        assertEquals("mnist", manifest.provenance().dataset());
        assertTrue(manifest.provenance().command().startsWith("average of train "));
        assertNotNull(manifest.provenance().gitCommit());
        assertEquals(Map.of(), Checkpoint.bundled().attachments());
    }
}
