package io.github.ram.model.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BundledModelTest {

    /** Larger models belong in a separate module. */
    private static final int LARGEST_SUM = 15 << 20;

    static List<BundledModel> all() {
        return BundledModel.all();
    }

    @Test
    void theDefaultIsTheFirst() {
        assertEquals("mnist", BundledModel.all().get(0).name());
        assertEquals("ram-mnist", Checkpoint.bundled().manifest().name());
        assertEquals(0.51, BundledModel.named("mnist").orElseThrow().testErrorPercent());
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachHasItsFileAndItsTrainingRecord(BundledModel model) {
        Provenance provenance = Checkpoint.named(model.name()).manifest().provenance();

        assertTrue(provenance.command().matches("(average of )?train .*"));
        assertTrue(provenance.gitCommit().matches("[0-9a-f]{40}"));
        if (provenance.command().startsWith("average of ")) {
            assertTrue(provenance.command().matches(".*\\(epoch \\d+\\); .*\\(epoch \\d+\\)"));
        } else {
            assertTrue(provenance.epoch() > 0);
        }
        assertTrue(model.testErrors() > 0 && model.testErrors() < model.testImages());
    }

    @Test
    void theNamesDifferAndTheFilesAreSmall() {
        assertEquals(
                all().size(), all().stream().map(BundledModel::name).distinct().count());
        assertTrue(all().stream().mapToInt(BundledModel::size).sum() < LARGEST_SUM);
    }

    @Test
    void aNameThatIsNotBundledIsAFile(@TempDir Path directory) {
        Path file = directory.resolve("mine.ram");
        Checkpoint.bundled().save(file);

        assertEquals(
                Checkpoint.bundled().manifest(),
                Checkpoint.named(file.toString()).manifest());
    }
}
