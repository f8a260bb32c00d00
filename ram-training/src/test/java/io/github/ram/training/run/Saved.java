package io.github.ram.training.run;

import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.checkpoint.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** All that a run left in its folder, but for what a clock measured. */
public record Saved(Manifest last, Manifest best, String state, int optimizer, int weights, List<String> metrics) {

    public static Saved in(Path folder) throws IOException {
        Checkpoint last = Checkpoint.load(folder.resolve("last.ram"));
        return new Saved(
                last.manifest(),
                Checkpoint.load(folder.resolve("best.ram")).manifest(),
                new String(last.attachments().get("training/state.json"), StandardCharsets.UTF_8),
                Arrays.hashCode(last.attachments().get("training/adam.bin")),
                Arrays.hashCode(last.attachments().get("training/weights.bin")),
                Files.readAllLines(folder.resolve("metrics.csv")).stream()
                        .map(row -> row.substring(0, row.lastIndexOf(',')))
                        .toList());
    }
}
