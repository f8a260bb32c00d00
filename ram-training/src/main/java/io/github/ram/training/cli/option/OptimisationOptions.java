package io.github.ram.training.cli.option;

import io.github.ram.model.Objective;
import io.github.ram.training.loop.TrainingConfig;
import io.github.ram.training.loop.optimizer.OptimizerConfig;
import picocli.CommandLine.Option;

/** The options of a training step. */
public final class OptimisationOptions {

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "128",
            description = "Images per step. Default: 128.")
    private int batchSize;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            defaultValue = "adam",
            description = "adam, or sgd: stochastic gradient descent with momentum. Default: adam.")
    private OptimizerConfig.Kind optimizer;

    @Option(
            names = "--momentum",
            paramLabel = "F",
            defaultValue = "0.9",
            description = "Momentum of sgd. Default: 0.9.")
    private double momentum;

    @Option(
            names = "--weight-decay",
            paramLabel = "F",
            defaultValue = "0",
            description = "Weight decay, of weights and kernels only. Default: 0.")
    private double weightDecay;

    @Option(
            names = "--averaging",
            paramLabel = "F",
            defaultValue = "0.999",
            description = "Decay of the moving average of the weights. The average is evaluated and kept; 0 keeps the"
                    + " weights themselves. Default: 0.999.")
    private double averaging;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that share a step. Default: one per core.")
    private Integer threads;

    /**
     * Returns the configuration that the options describe.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public TrainingConfig.Optimisation config(Objective objective) {
        return new TrainingConfig.Optimisation(
                batchSize,
                threads == null ? Runtime.getRuntime().availableProcessors() : threads,
                objective,
                new OptimizerConfig(optimizer, optimizer == OptimizerConfig.Kind.SGD ? momentum : 0, weightDecay),
                averaging);
    }
}
