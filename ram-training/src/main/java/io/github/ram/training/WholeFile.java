package io.github.ram.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files so that a reader, or a crash, finds the old one or the new one, whole. */
final class WholeFile {

    private WholeFile() {}

    /**
     * Writes a file, first beside its place and then into it.
     *
     * @throws TrainingException if it cannot be written; what was there before is untouched
     */
    static void write(Path file, byte[] content) {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            try {
                Files.write(temporary, content);
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new TrainingException("%s cannot be written: %s".formatted(file, e), e);
        }
    }
}
