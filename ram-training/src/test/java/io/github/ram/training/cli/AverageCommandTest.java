package io.github.ram.training.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.ram.model.Parameters;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.checkpoint.Provenance;
import io.github.ram.training.loop.SmallModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AverageCommandTest {

    @TempDir
    private Path folder;

    private final Checkpoint model = SmallModel.checkpoint();
    private Path first;
    private Path out;

    @BeforeEach
    void save() {
        first = folder.resolve("first.ram");
        model.save(first);
        out = folder.resolve("mean.ram");
    }

    private Console average(Path... checkpoints) {
        StringBuilder command = new StringBuilder("average --out " + out);
        for (Path checkpoint : checkpoints) {
            command.append(" --checkpoint ").append(checkpoint);
        }
        return Console.run(command.append(" --json").toString().split(" "));
    }

    @Test
    void theMeanHasTheFirstConfigurationAndBothRecords() {
        Parameters tripled = model.parameters().copy();
        tripled.arrays().values().forEach(values -> values.muli(3));
        Path second = folder.resolve("second.ram");
        Checkpoint.of("second", model.model(), tripled, new Provenance("digits", "train --from first", 5, 0.5, null))
                .save(second);

        Console console = average(first, second);

        assertEquals(0, console.exit(), console.toString());
        assertEquals(2, console.json().get("models").asInt());
        Checkpoint mean = Checkpoint.load(out);
        model.parameters()
                .arrays()
                .forEach((name, values) -> assertArrayEquals(
                        values.mul(2).data().asFloat(),
                        mean.parameters().arrays().get(name).data().asFloat(),
                        1e-6f,
                        name));
        assertEquals(model.model(), mean.model());
        assertEquals("strokes", mean.manifest().provenance().dataset());
        assertEquals(
                "average of test; train --from first (epoch 5)",
                mean.manifest().provenance().command());
    }

    @Test
    void oneModelHasNoMean() {
        assertRefused("a mean needs two models: give --checkpoint twice", first);
    }

    @Test
    void modelsOfOtherShapesAreRefused() {
        Path other = folder.resolve("other.ram");
        SmallModel.checkpoint("strokes", SmallModel.lstm()).save(other);

        assertRefused(
                first + " and " + other + " have parameters of other names or shapes: give models of one configuration",
                first,
                other);
    }

    private void assertRefused(String message, Path... checkpoints) {
        Console console = average(checkpoints);

        assertEquals(2, console.exit());
        assertEquals(List.of("error: " + message + "; see ram-training average --help"), console.err());
        assertFalse(Files.exists(out));
    }
}
