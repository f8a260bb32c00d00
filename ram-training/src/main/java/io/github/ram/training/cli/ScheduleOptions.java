package io.github.ram.training.cli;

import io.github.ram.training.loop.Schedule;
import picocli.CommandLine.Option;

/** The course of a run over its epochs. */
final class ScheduleOptions {

    private static final int EPOCHS = 100;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Passes over the training images, at most. Default: 100.")
    private Integer epochs;

    @Option(
            names = "--learning-rate",
            paramLabel = "F",
            defaultValue = "0.001",
            description = "Of Adam, at the start. Default: 0.001.")
    private double learningRate;

    @Option(
            names = "--schedule",
            paramLabel = "NAME",
            defaultValue = "cosine",
            description = "How the learning rate falls: cosine or linear, to nothing over all epochs, or plateau,"
                    + " cut whenever the validation error stalls. Default: cosine.")
    private Schedule.Decay decay;

    @Option(
            names = "--plateau-factor",
            paramLabel = "F",
            defaultValue = "0.5",
            description = "The learning rate is multiplied with it on a plateau. Default: 0.5.")
    private double plateauFactor;

    @Option(
            names = "--plateau-patience",
            paramLabel = "N",
            defaultValue = "5",
            description = "Epochs without a better validation error that make a plateau. Default: 5.")
    private int plateauPatience;

    @Option(
            names = "--patience",
            paramLabel = "N",
            defaultValue = "30",
            description = "Epochs without a better validation error after which training stops. Default: 30.")
    private int patience;

    /** The limit of epochs, or null if none was given. */
    Integer epochs() {
        return epochs;
    }

    /**
     * What was asked for.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    Schedule config() {
        return new Schedule(
                decay,
                learningRate,
                new Schedule.Plateau(plateauFactor, plateauPatience),
                epochs == null ? EPOCHS : epochs,
                patience);
    }
}
