package io.github.ram.training.cli;

import io.github.ram.model.checkpoint.BundledModel;
import io.github.ram.model.checkpoint.Checkpoint;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names a command's model. */
final class CheckpointOption {

    @Option(
            names = "--checkpoint",
            paramLabel = "CHECKPOINT",
            defaultValue = BundledModel.DEFAULT,
            description = "File of the model, or the name of a bundled model (see the command models). Default: "
                    + BundledModel.DEFAULT + ".")
    private Path checkpoint;

    Checkpoint load() {
        return Checkpoint.named(checkpoint.toString());
    }
}
