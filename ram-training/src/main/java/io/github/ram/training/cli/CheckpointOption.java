package io.github.ram.training.cli;

import io.github.ram.model.checkpoint.Checkpoint;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names a command's model. */
final class CheckpointOption {

    @Option(names = "--checkpoint", paramLabel = "FILE", description = "File of the model. Default: the bundled model.")
    private Path checkpoint;

    Checkpoint load() {
        return checkpoint == null ? Checkpoint.bundled() : Checkpoint.load(checkpoint);
    }
}
