package io.github.ram.training.run;

import io.github.ram.model.checkpoint.WholeFile;
import io.github.ram.training.TrainingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** A file that a command writes. */
public final class OutputFile {

    private OutputFile() {}

    /**
     * Writes a file: a reader, or a crash, finds the old file or the new file, whole.
     *
     * @throws TrainingException if the file cannot be written; the old file is untouched
     */
    public static void write(Path file, byte[] content) {
        try {
            WholeFile.write(file, content);
        } catch (IOException e) {
            throw new TrainingException(
                    String.format(Locale.ROOT, "%s cannot be written: %s", file, WholeFile.reason(e)), e);
        }
    }
}
