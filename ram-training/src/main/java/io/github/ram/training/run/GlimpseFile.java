package io.github.ram.training.run;

import io.github.ram.training.loop.TrainingException;
import io.github.ram.training.report.GlimpseHistory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

/**
 * A run's {@code glimpses.csv}: what the model made of a few images, from epoch to epoch.
 *
 * @param directory of the run
 */
public record GlimpseFile(Path directory) {

    /**
     * What it holds; nothing if there is no such file.
     *
     * @throws TrainingException if it cannot be read
     */
    GlimpseHistory read() {
        Path file = file();
        if (!Files.exists(file)) {
            return new GlimpseHistory(new TreeMap<>());
        }
        try {
            return GlimpseHistory.parse(Files.readAllLines(file));
        } catch (IOException | IllegalArgumentException e) {
            throw new TrainingException("%s cannot be read: %s; move it away".formatted(file, e.getMessage()), e);
        }
    }

    /**
     * Writes it.
     *
     * @throws TrainingException if it cannot be written; what was there before is untouched
     */
    void write(GlimpseHistory history) {
        WholeFile.write(file(), (String.join("\n", history.rows()) + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private Path file() {
        return directory.resolve("glimpses.csv");
    }
}
