package io.github.ram.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.training.loop.SmallModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class CalibrateCommandTest {

    @TempDir
    private Path folder;

    @Test
    void aModelThatIsTooSureGetsATemperatureAboveOne() {
        // The weights are random, so a large factor of the logits makes the model sure of wrong classes.
        Checkpoint random = SmallModel.checkpoint();
        Path sure = folder.resolve("sure.ram");
        random.calibrated(0.05).save(sure);
        Path out = folder.resolve("calibrated.ram");

        Console before = evaluate(sure);
        Console console = Console.run("calibrate", "--checkpoint", sure.toString(), "--out", out.toString(), "--json");
        Console after = evaluate(out);

        assertEquals(0, console.exit(), console.toString());
        assertEquals(List.of("temperature", "crossEntropy", "calibrationErrorPercent", "checkpoint"), console.fields());
        JsonNode json = console.json();
        double temperature = json.get("temperature").asDouble();
        assertTrue(temperature > 1.1, console.toString());
        assertEquals(after.json().get("errors"), before.json().get("errors"));
        double error = after.json().get("calibrationErrorPercent").asDouble();
        assertTrue(error < before.json().get("calibrationErrorPercent").asDouble(), before + " " + after);
        assertEquals(json.get("calibrationErrorPercent").asDouble(), error, 1e-3);
        assertEquals(
                0.05 * temperature, Checkpoint.load(out).manifest().provenance().temperature(), 1e-6);
        assertNull(random.manifest().provenance().temperature());
    }

    @Test
    void aModelOfAnUnknownDataSetNeedsItsName() {
        Path file = folder.resolve("unknown.ram");
        SmallModel.checkpoint(null, SmallModel.NETWORK).save(file);
        Path out = folder.resolve("calibrated.ram");

        Console console = Console.run("calibrate", "--checkpoint", file.toString(), "--out", out.toString());

        assertEquals(1, console.exit());
        assertEquals(
                List.of("error: the checkpoint does not name the data set that it was trained on; give --dataset"),
                console.err());
        assertFalse(Files.exists(out));
    }

    private static Console evaluate(Path checkpoint) {
        return Console.run("evaluate", "--checkpoint", checkpoint.toString(), "--split", "validation", "--json");
    }
}
