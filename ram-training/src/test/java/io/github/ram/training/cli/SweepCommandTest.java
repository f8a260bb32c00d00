package io.github.ram.training.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.checkpoint.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SweepCommandTest {

    @TempDir
    Path directory;

    private Console sweep(String options, String training) {
        List<String> arguments = new ArrayList<>(List.of("sweep", "--out", directory.toString()));
        arguments.addAll(List.of(options.split(" ")));
        arguments.add("--");
        arguments.addAll(List.of(training.split(" ")));
        return Console.run(arguments.toArray(String[]::new));
    }

    @Test
    void eachRunHasItsFolderAndIsMadeOnce() throws IOException {
        String training = "--dataset strokes --epochs 1 --batch-size 450 --threads 1 --start 0,0";
        Console first = sweep("--vary glimpses=1,2 --seeds 1 --test --json", training);

        assertEquals(0, first.exit(), first.toString());
        JsonNode runs = first.json().get("runs");
        assertEquals(2, runs.size());
        Path one = directory.resolve("glimpses=1_seed=1");
        Path two = directory.resolve("glimpses=2_seed=1");
        Checkpoint best = Checkpoint.load(two.resolve("best.ram"));
        assertEquals(2, best.model().glimpses());
        assertEquals(
                best.manifest().provenance().validationErrorPercent(),
                runs.get(1).get("validationErrorPercent").asDouble());
        Console evaluated =
                Console.run("evaluate", "--checkpoint", two.resolve("best.ram").toString(), "--json");
        assertEquals(
                evaluated.json().get("errorPercent").asDouble(),
                runs.get(1).get("testErrorPercent").asDouble());
        assertEquals(2, first.json().get("settings").size());

        byte[] before = Files.readAllBytes(one.resolve("last.ram"));
        Console again = sweep("--vary glimpses=1,2 --seeds 1 --test --json", training);
        assertEquals(first.json(), again.json());
        assertArrayEquals(before, Files.readAllBytes(one.resolve("last.ram")));

        Console other = sweep("--vary glimpses=1 --seeds 1", training.replace("450", "300"));
        assertEquals(1, other.exit(), other.toString());
        assertTrue(
                other.err().contains("error: " + one + " holds a run of other options: choose another --out"),
                other.toString());
        assertArrayEquals(before, Files.readAllBytes(one.resolve("last.ram")));
    }

    @Test
    void optionsThatTrainDoesNotTakeAreRefusedBeforeAnyRun() throws IOException {
        Console console = sweep("--vary glimpses=1,0", "--dataset strokes");

        assertEquals(2, console.exit(), console.toString());
        assertEquals(
                List.of("error: glimpses must be in [1, 1000], got 0; see ram-training sweep --help"), console.err());
        Console unknown = sweep("--vary speed=1", "--dataset strokes");
        assertEquals(2, unknown.exit(), unknown.toString());
        try (var files = Files.list(directory)) {
            assertEquals(List.of(), files.toList());
        }
    }
}
