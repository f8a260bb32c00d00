package io.github.ram.training.cli.option;

import io.github.ram.model.checkpoint.BundledModel;
import io.github.ram.model.checkpoint.Checkpoint;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names a command's model. */
public final class CheckpointOption {

    @Option(
            names = "--checkpoint",
            paramLabel = "CHECKPOINT",
            defaultValue = BundledModel.DEFAULT,
            description = "File of the model, or the name of a bundled model (see the command models). Default: "
                    + BundledModel.DEFAULT + ".")
    private Path checkpoint;

    /**
     * Loads the model.
     *
     * @throws io.github.ram.model.checkpoint.CheckpointException if the file is not a checkpoint, or no bundled model has the name
     */
    public Checkpoint load() {
        return Checkpoint.named(checkpoint.toString());
    }
}
