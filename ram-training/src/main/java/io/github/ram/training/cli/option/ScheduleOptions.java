package io.github.ram.training.cli.option;

import io.github.ram.training.loop.optimizer.Schedule;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of a run's schedule. */
public final class ScheduleOptions {

    private static final int EPOCHS = 100;

    @Option(names = "--epochs", paramLabel = "N", description = "Most passes over the training images. Default: 100.")
    private Integer epochs;

    @Option(
            names = "--learning-rate",
            paramLabel = "F",
            defaultValue = "0.001",
            description = "Largest learning rate. It falls to 0 along a cosine. Default: 0.001.")
    private double learningRate;

    @Option(
            names = "--warmup",
            paramLabel = "F",
            defaultValue = "0",
            description = "Epochs over which the learning rate rises linearly from 0. Default: 0.")
    private double warmup;

    @Option(
            names = "--milestones",
            paramLabel = "N",
            split = ",",
            description = "Epochs at which the learning rate is multiplied by --decay-factor, instead of the cosine:"
                    + " 60,120,160.")
    private List<Integer> milestones = List.of();

    @Option(
            names = "--decay-factor",
            paramLabel = "F",
            defaultValue = "0.1",
            description = "Factor of the learning rate at each milestone. Default: 0.1.")
    private double factor;

    @Option(
            names = "--patience",
            paramLabel = "N",
            defaultValue = "30",
            description = "Epochs without a better validation error after which training stops. Default: 30.")
    private int patience;

    /** The limit of epochs, or null if none was given. */
    public Integer epochs() {
        return epochs;
    }

    /**
     * Returns the schedule that the options describe.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public Schedule config() {
        return new Schedule(
                milestones.isEmpty() ? Schedule.Decay.COSINE : new Schedule.Decay(milestones, factor),
                learningRate,
                warmup,
                epochs == null ? EPOCHS : epochs,
                patience);
    }
}
