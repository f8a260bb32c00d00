package io.github.ram.training.cli.option;

import io.github.ram.model.ImageShape;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.Normalisation;
import io.github.ram.model.Objective;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a model without data. */
public final class DescribedModel {

    @Option(
            names = "--image-size",
            paramLabel = "N",
            defaultValue = "32",
            description = "Rows and columns of an image. Default: 32.")
    private int imageSize;

    @Option(
            names = "--channels",
            paramLabel = "N",
            defaultValue = "3",
            description = "Channels of an image. Default: 3.")
    private int channels;

    @Option(names = "--classes", paramLabel = "N", defaultValue = "10", description = "Classes. Default: 10.")
    private int classes;

    @Mixin
    private ModelOptions options;

    /**
     * Returns the model that the options describe.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public ModelSpec model() {
        List<String> labels =
                IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        return options.model(new ImageShape(imageSize, imageSize, channels), Normalisation.MNIST, labels);
    }

    /**
     * Returns the objective of a model.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public Objective objective(ModelSpec model) {
        return options.objective(model);
    }
}
