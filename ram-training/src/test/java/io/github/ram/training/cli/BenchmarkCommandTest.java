package io.github.ram.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.ram.engine.BlasEngine;
import io.github.ram.training.loop.SmallModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class BenchmarkCommandTest {

    @TempDir
    Path directory;

    @Test
    void everyEngineHasAResult() {
        Console console = Console.run(
                "benchmark",
                "--checkpoint",
                SmallModel.in(directory),
                "--batch-size",
                "3",
                "--threads",
                "2",
                "--seconds",
                "0.1",
                "--json");

        assertEquals(0, console.exit(), console.toString());
        assertEquals(List.of("kernels", "results"), console.fields());
        List<String> engines = new ArrayList<>();
        for (JsonNode result : console.json().get("results")) {
            assertEquals(
                    List.of("engine", "batchSize", "threads", "imagesPerSecond", "microsPerBatch"),
                    List.copyOf(result.propertyNames()));
            engines.add(result.get("engine").asString());
            assertEquals(3, result.get("batchSize").asInt());
            assertEquals(2, result.get("threads").asInt());
            double images = result.get("imagesPerSecond").asDouble();
            assertTrue(images > 0, result.toString());
            assertEquals(1, images * result.get("microsPerBatch").asDouble() / 6e6, 0.02, result.toString());
        }
        assertEquals(List.of("blas", "onnxruntime", "samediff"), engines);
    }

    @Test
    void inWordsEveryEngineHasALine() {
        Console console = Console.run("benchmark", "--checkpoint", SmallModel.in(directory), "--seconds", "0.05");

        assertEquals(0, console.exit(), console.toString());
        assertEquals(4, console.out().size(), console.toString());
        assertEquals("kernels  " + BlasEngine.kernels(), console.out().get(0));
        assertTrue(console.out().get(1).matches("blas +\\d+ images/s, [0-9.]+ microseconds a batch of 1 on 1 threads"));
    }

    @Test
    void optionsDescribeAModelOfAnySize() {
        Console console = Console.run(
                "benchmark --model ram --image-size 40 --channels 1 --patch-size 4 --hidden 8 --seconds 0.05"
                        .split(" "));

        assertEquals(0, console.exit(), console.toString());
        assertEquals(4, console.out().size(), console.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "--batch-size 0, '--batch-size must be in [1, 65536], got 0'",
        "--threads 0, '--threads must be in [1, 1024], got 0'",
        "--seconds 0, '--seconds must be in (0, 3600], got 0.0'",
        "--seconds NaN, '--seconds must be in (0, 3600], got NaN'",
        "--image-size 40, '--image-size needs --model: a checkpoint has its own'",
        "--model ram --checkpoint mnist, '--model describes a model, and so does --checkpoint; give one of them'",
        "--model vgg, 'no model is called vgg: choose ram or resnet18, 34, 50, 101, 152, 20, 32, 44, 56'"
    })
    void whatCannotBeMeasuredIsRefused(String arguments, String message) {
        Console console = Console.run(("benchmark " + arguments).split(" "));

        assertEquals(List.of("error: " + message + "; see ram-training benchmark --help"), console.err());
        assertEquals(2, console.exit());
    }
}
