package io.github.ram.training.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.graph.Backend;
import io.github.ram.training.loop.SmallModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class TrainingBenchmarkTest {

    @TempDir
    Path directory;

    @Test
    void everyEngineTrainsACopyOfTheModel() throws IOException {
        String file = SmallModel.in(directory, SmallModel.lstm());
        byte[] before = Files.readAllBytes(Path.of(file));
        Console console = Console.run(
                ("benchmark-training --checkpoint " + file + " --batch-size 5 --threads 2 --seconds 0.1 --json")
                        .split(" "));

        assertEquals(0, console.exit(), console.toString());
        assertEquals(List.of("kernels", "results"), console.fields());
        List<String> engines = new ArrayList<>();
        for (JsonNode result : console.json().get("results")) {
            assertEquals(
                    List.of("engine", "batchSize", "threads", "imagesPerSecond", "millisPerStep"),
                    List.copyOf(result.propertyNames()));
            engines.add(result.get("engine").asString());
            assertEquals(5, result.get("batchSize").asInt());
            assertEquals(2, result.get("threads").asInt());
            assertTrue(result.get("imagesPerSecond").asDouble() > 0, result.toString());
        }
        assertEquals(List.of("blas", "samediff"), engines);
        assertArrayEquals(before, Files.readAllBytes(Path.of(file)));
    }

    @Test
    void inWordsEveryEngineHasALine() {
        Console console = Console.run(
                ("benchmark-training --checkpoint " + SmallModel.in(directory) + " --threads 1 --seconds 0.05")
                        .split(" "));

        assertEquals(0, console.exit(), console.toString());
        assertEquals(3, console.out().size(), console.toString());
        assertEquals("kernels  " + Backend.kernels(), console.out().get(0));
        assertTrue(
                console.out().get(1).matches("blas +\\d+ images/s, [0-9.]+ milliseconds a step of 128 on 1 threads"),
                console.toString());
    }

    @Test
    void aResidualNetworkIsMeasuredWithoutACheckpoint() {
        Console console = Console.run(
                ("benchmark-training --model resnet20 --width 4 --image-size 8 --batch-size 4 --optimizer sgd"
                                + " --threads 1 --seconds 0.05 --json")
                        .split(" "));

        assertEquals(0, console.exit(), console.toString());
        JsonNode results = console.json().get("results");
        assertEquals(1, results.size());
        assertEquals("samediff", results.get(0).get("engine").asString());
    }

    @ParameterizedTest
    @CsvSource({
        "--model resnet21, 'depth must be one of [18, 20, 32, 34, 44, 50, 56, 101, 152], got 21'",
        "--batch-size 0, 'batch-size must be at least 1, got 0'",
        "--threads 0, 'threads must be at least 1, got 0'",
        "--seconds 0, 'seconds must be in [0.001, 3600.0], got 0.0'",
        "--rotation 181, 'rotation must be in [0.0, 180.0], got 181.0'"
    })
    void whatCannotBeMeasuredIsRefused(String arguments, String message) {
        Console console = Console.run(("benchmark-training " + arguments).split(" "));

        assertEquals(List.of("error: " + message + "; see ram-training benchmark-training --help"), console.err());
        assertEquals(2, console.exit());
    }
}
