package io.github.ram.training.run;

import io.github.ram.training.TrainingException;
import io.github.ram.training.loop.EpochReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A run's {@code metrics.csv}: one row per epoch.
 *
 * @param file the path
 */
public record MetricsFile(Path file) {

    /**
     * Writes the rows up to an epoch. Drops later rows: after a crash the file can be an epoch ahead of the run.
     *
     * @throws TrainingException if the file cannot be written; the old file is untouched
     */
    void append(EpochReport report) {
        List<String> rows;
        try {
            rows = Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new TrainingException(String.format(Locale.ROOT, "%s cannot be read: %s", file, e), e);
        }
        Stream<String> before = rows.stream().skip(1).limit(report.epoch() - 1L);
        List<String> lines = Stream.of(Stream.of(report.header()), before, Stream.of(report.row()))
                .flatMap(part -> part)
                .toList();
        OutputFile.write(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
