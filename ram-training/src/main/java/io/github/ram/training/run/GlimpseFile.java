package io.github.ram.training.run;

import io.github.ram.training.TrainingException;
import io.github.ram.training.report.GlimpseHistory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeMap;

/**
 * A run's {@code glimpses.csv}: the model's predictions for a few images, epoch by epoch.
 *
 * @param directory of the run
 */
public record GlimpseFile(Path directory) {

    /**
     * Reads the file; returns an empty history if the file does not exist.
     *
     * @throws TrainingException if the file cannot be read
     */
    GlimpseHistory read() {
        Path file = file();
        if (!Files.exists(file)) {
            return new GlimpseHistory(new TreeMap<>());
        }
        try {
            return GlimpseHistory.parse(Files.readAllLines(file));
        } catch (IOException | IllegalArgumentException e) {
            throw new TrainingException(
                    String.format(Locale.ROOT, "%s cannot be read: %s; move it away", file, e.getMessage()), e);
        }
    }

    /**
     * Writes the file.
     *
     * @throws TrainingException if the file cannot be written; the old file is untouched
     */
    void write(GlimpseHistory history) {
        OutputFile.write(file(), (String.join("\n", history.rows()) + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private Path file() {
        return directory.resolve("glimpses.csv");
    }
}
