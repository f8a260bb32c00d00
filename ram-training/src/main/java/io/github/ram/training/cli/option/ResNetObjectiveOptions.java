package io.github.ram.training.cli.option;

import io.github.ram.model.resnet.ResNetObjective;
import picocli.CommandLine.Option;

/** The options of the objective of a residual network. */
final class ResNetObjectiveOptions {

    @Option(
            names = "--sparsity",
            paramLabel = "F",
            defaultValue = "0",
            description = "Weight of the scales of NAM's attention in the loss. Default: 0.")
    private double sparsity;

    @Option(
            names = "--label-smoothing",
            paramLabel = "F",
            defaultValue = "0",
            description = "Share of the probability that is spread over all classes. Default: 0.")
    private double labelSmoothing;

    @Option(
            names = "--detached-attention",
            description = "Pass no gradient to NAM's scales through its weights, as the authors' code does.")
    private boolean detached;

    /**
     * Returns the objective that the options describe.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    ResNetObjective config() {
        return new ResNetObjective(labelSmoothing, sparsity, !detached);
    }
}
