package io.github.ram.training.cli;

import io.github.ram.training.loop.TrainingConfig;
import io.github.ram.training.ram.Gaze;
import picocli.CommandLine.Option;

/** How a step of training changes the weights. */
final class OptimisationOptions {

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "128",
            description = "Images a step. Default: 128.")
    private int batchSize;

    @Option(
            names = "--locations",
            paramLabel = "KIND",
            defaultValue = "policy",
            description = "Who says where to look: policy, or random, a control that shows what the policy is worth."
                    + " Default: policy.")
    private Gaze gaze;

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
            names = "--policy-weight",
            paramLabel = "F",
            defaultValue = "0.01",
            description = "Weight of REINFORCE in the loss. Default: 0.01.")
    private double policyWeight;

    @Option(
            names = "--policy-rate",
            paramLabel = "F",
            defaultValue = "0.3",
            description = "Learning rate of the location network, as a multiple of the others'. Default: 0.3.")
    private double policyRate;

    @Option(
            names = "--policy-clip",
            paramLabel = "F",
            defaultValue = "0",
            description = "Longest gradient of the location network; 0 for no limit. Default: 0.")
    private double policyClip;

    @Option(
            names = "--clip",
            paramLabel = "F",
            defaultValue = "0",
            description = "Longest gradient of all other weights; 0 for no limit. Default: 0.")
    private double clip;

    @Option(
            names = "--averaging",
            paramLabel = "F",
            defaultValue = "0.999",
            description = "Decay of the moving average of the weights, which is what is evaluated and kept; 0 keeps"
                    + " the weights themselves. Default: 0.999.")
    private double averaging;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that share a step. Default: one a core.")
    private Integer threads;

    /**
     * What was asked for.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    TrainingConfig.Optimisation config() {
        return new TrainingConfig.Optimisation(
                batchSize,
                threads == null ? Runtime.getRuntime().availableProcessors() : threads,
                new TrainingConfig.Policy(gaze, rollouts, policyWeight, policyRate, policyClip),
                stepWeight,
                clip,
                averaging);
    }
}
