package io.github.ram.training.cli;

import io.github.ram.model.ram.RamObjective;
import picocli.CommandLine.Option;

/** What the training of a Recurrent Attention Model minimises. */
final class RamObjectiveOptions {

    @Option(
            names = "--rollouts",
            paramLabel = "N",
            defaultValue = "1",
            description = "Rollouts of each image a step, M. Default: 1.")
    private int rollouts;

    @Option(
            names = "--step-weight",
            paramLabel = "F",
            defaultValue = "0.2",
            description = "Weight of the cross-entropy after each glimpse but the last, whose weight is 1; the"
                    + " paper's is 0. Default: 0.2.")
    private double stepWeight;

    @Option(
            names = "--policy-rate",
            paramLabel = "F",
            defaultValue = "0.3",
            description = "Learning rate of the location network, as a multiple of the others'. Default: 0.3.")
    private double policyRate;

    /**
     * The objective that the options describe.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    RamObjective config() {
        return new RamObjective(rollouts, stepWeight, policyRate);
    }
}
