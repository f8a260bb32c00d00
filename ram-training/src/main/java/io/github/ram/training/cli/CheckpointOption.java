package io.github.ram.training.cli;

import io.github.ram.model.checkpoint.Checkpoint;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The model that a command works on. */
final class CheckpointOption {

    @Option(names = "--checkpoint", paramLabel = "FILE", description = "The model. Default: the bundled one.")
    private Path checkpoint;

    Checkpoint load() {
        return checkpoint == null ? Checkpoint.bundled() : Checkpoint.load(checkpoint);
    }
}
