package io.github.ram.model.checkpoint;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.ram.model.Classifier;
import io.github.ram.model.Prediction;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.TestModels;
import io.github.ram.model.ram.network.RamConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Checkpoints for tests, whole and broken. */
final class Checkpoints {

    private static final Provenance PROVENANCE = new Provenance("none", "train", 3, 1.5, null);

    private Checkpoints() {}

    static Checkpoint of(RamConfig config) {
        return Checkpoint.of(
                "test", TestModels.spec(config), TestModels.weights(config, 1).parameters(), PROVENANCE);
    }

    static Prediction predict(Checkpoint checkpoint) {
        try (Classifier classifier = checkpoint.classifier()) {
            return classifier.predict(checkpoint
                    .model()
                    .query(TestModels.pixels(((RamSpec) checkpoint.model()).network(), 7), 1));
        }
    }

    /** What the loader says of a file that it refuses: always one line that begins with the file. */
    static String refusal(Path file) {
        String message = assertThrows(CheckpointException.class, () -> Checkpoint.load(file), file::toString)
                .getMessage();
        assertFalse(message.contains("\n"), message);
        return message.substring(file.toString().length()); // or the message does not name the file
    }

    static Map<String, byte[]> entries(byte[] file) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, Map<String, byte[]> entries) {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
