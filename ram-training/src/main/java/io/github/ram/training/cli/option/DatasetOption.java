package io.github.ram.training.cli.option;

import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.training.TrainingException;
import io.github.ram.training.data.source.DataSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that names the data set of a trained model. */
public final class DatasetOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            description = DataSource.NAMES + ". Default: the data set that the model was trained on.")
    private String dataset;

    /**
     * Returns the data set that the user named, or else that of the model's training.
     *
     * @throws TrainingException if the checkpoint does not name its data set
     */
    public DataSource of(Checkpoint model) {
        if (dataset != null) {
            return Failure.asUsage(command, () -> DataSource.named(dataset));
        }
        String trained = model.manifest().provenance().dataset();
        if (trained == null) {
            throw new TrainingException(
                    "the checkpoint does not name the data set that it was trained on; give --dataset");
        }
        return DataSource.named(trained);
    }
}
