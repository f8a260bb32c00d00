package io.github.ram.training.cli.option;

import io.github.ram.model.ram.RamObjective;
import picocli.CommandLine.Option;

/** The options of the objective of a Recurrent Attention Model. */
final class RamObjectiveOptions {

    @Option(
            names = "--rollouts",
            paramLabel = "N",
            defaultValue = "1",
            description = "Rollouts of each image in a step, M. Default: 1.")
    private int rollouts;

    @Option(
            names = "--step-weight",
            paramLabel = "F",
            defaultValue = "0.2",
            description = "Weight of the cross-entropy after each glimpse before the last, whose weight is 1. The"
                    + " paper's is 0. Default: 0.2.")
    private double stepWeight;

    @Option(
            names = "--policy-rate",
            paramLabel = "F",
            defaultValue = "0.3",
            description = "Learning rate of the location network, as a multiple of the other networks'. Default: 0.3.")
    private double policyRate;

    /**
     * Returns the objective that the options describe.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    RamObjective config() {
        return new RamObjective(rollouts, stepWeight, policyRate);
    }
}
