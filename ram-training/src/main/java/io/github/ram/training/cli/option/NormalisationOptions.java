package io.github.ram.training.cli.option;

import io.github.ram.model.Normalisation;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The options for the mean and the deviation of pixels. */
public final class NormalisationOptions {

    @Option(
            names = "--mean",
            paramLabel = "F",
            split = ",",
            description =
                    "Mean that is subtracted from pixels in [0, 1]: one number, or one per channel. Default: that of"
                            + " the training images; MNIST's for digits, clothing and imported RAM weights.")
    private List<Double> mean;

    @Option(
            names = "--deviation",
            paramLabel = "F",
            split = ",",
            description = "Deviation by which the difference is divided: one number, or one per channel. Default: as"
                    + " for --mean.")
    private List<Double> deviation;

    /**
     * Returns the normalisation that the options describe, with MNIST's values where an option is missing.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public Normalisation orMnist(double padding) {
        return new Normalisation(
                Optional.ofNullable(mean).orElse(Normalisation.MNIST.mean()),
                Optional.ofNullable(deviation).orElse(Normalisation.MNIST.deviation()),
                padding);
    }

    /**
     * Returns the normalisation that the options describe, or the usual one if none is given. Outside the image are
     * black pixels if there is one channel, otherwise pixels of the mean colour.
     *
     * @throws IllegalArgumentException if one of the options is missing, or a value is out of range
     */
    public Normalisation or(int channels, Supplier<Normalisation> usual) {
        if (mean == null && deviation == null) {
            return usual.get();
        }
        if (mean == null || deviation == null) {
            throw new IllegalArgumentException("--mean and --deviation belong together; give both of them");
        }
        return channels == 1 && mean.size() == 1 && deviation.size() == 1
                ? Normalisation.background(mean.get(0), deviation.get(0))
                : new Normalisation(mean, deviation, 0);
    }

    /**
     * Returns the normalisation that the options describe, with zeros outside the image.
     *
     * @throws IllegalArgumentException if an option is missing or out of range
     */
    public Normalisation required() {
        if (mean == null || deviation == null) {
            throw new IllegalArgumentException(
                    "a residual network needs the --mean and the --deviation of its training");
        }
        return new Normalisation(mean, deviation, 0);
    }
}
