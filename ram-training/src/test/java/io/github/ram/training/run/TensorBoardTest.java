package io.github.ram.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * TensorBoard reads a run's folder. {@code RAM_CLIENTS} names a virtual environment with the packages of
 * {@code src/test/python/requirements.txt}.
 */
class TensorBoardTest {

    @TempDir
    Path directory;

    @Test
    void tensorBoardReadsTheNumbersAndThePicturesOfARun() throws Exception {
        String environment = System.getenv("RAM_CLIENTS");
        assumeTrue(environment != null, "RAM_CLIENTS names no virtual environment with TensorBoard");
        Path run = SmallRun.recorded(directory.resolve("run"), () -> false);

        JsonNode read = read(Path.of(environment, "bin", "python"), run);

        String[] last = Files.readAllLines(run.resolve("metrics.csv")).get(3).split(",");
        JsonNode error = read.get("scalars").get("validation/errorPercent");
        assertEquals(135, error.get(0).asInt());
        assertEquals(Double.parseDouble(last[7]), error.get(1).asDouble(), 1e-3);
        assertEquals(100, read.get("scalars").get("training/loss").get(0).asInt());
        assertEquals(13, read.get("scalars").size(), read.toString());
        JsonNode pictures = read.get("pictures").get("glimpses");
        assertEquals(4, pictures.size(), "before training and after three epochs");
        for (JsonNode picture : pictures) {
            assertTrue(picture.get(1).asInt() > 0 && picture.get(2).asInt() > 0, picture.toString());
        }
    }

    private JsonNode read(Path python, Path run) throws Exception {
        File errors = directory.resolve("errors").toFile();
        Process process = new ProcessBuilder(python.toString(), "src/test/python/tensorboard_reader.py", run.toString())
                .redirectError(errors)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> {
            try {
                return Files.readString(errors.toPath());
            } catch (IOException e) {
                return e.toString();
            }
        });
        return JsonMapper.shared().readTree(output);
    }
}
