package io.github.ram.training.cli.option;

import io.github.ram.model.Classifier;
import io.github.ram.model.EngineChoice;
import io.github.ram.model.checkpoint.Checkpoint;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that chooses the engine of a command. */
public final class EngineOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "Engine that runs the model: blas (RAM only), onnxruntime, samediff, or auto: the one on a"
                    + " GPU, or else the fastest. Default: auto.")
    private EngineChoice engine;

    /**
     * Returns a classifier on the engine.
     *
     * @param capacity largest batch in images or rollouts
     */
    public Classifier classifier(Checkpoint model, int capacity) {
        Failure.asUsage(command, () -> engine.among(model.model().engines()));
        return model.classifier(engine, capacity);
    }
}
