package io.github.ram.training.cli.option;

import io.github.ram.model.ImageShape;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.Normalisation;
import io.github.ram.model.Objective;
import io.github.ram.model.ram.RamSpec;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** The choice of a family, the family's options, and what its training minimises. */
public final class ModelOptions {

    @Mixin
    private ModelChoice choice;

    @Mixin
    private RamOptions ram;

    @Mixin
    private RamObjectiveOptions ramObjective;

    @Mixin
    private ResNetOptions resnet;

    @Mixin
    private ResNetObjectiveOptions resnetObjective;

    /**
     * The model that the options describe.
     *
     * @throws IllegalArgumentException if a value is out of range
     * @throws ParameterException if an option belongs to the other family
     */
    public ModelSpec model(ImageShape image, Normalisation input, List<String> labels) {
        Optional<Integer> depth = choice.depth();
        if (depth.isPresent()) {
            choice.reject(new RamOptions(), new RamObjectiveOptions());
            return resnet.model(depth.get(), image, input, labels);
        }
        choice.reject(new ResNetOptions(), new ResNetObjectiveOptions());
        return ram.model(image, input, labels);
    }

    /**
     * The objective that the options describe.
     *
     * @param model of either family
     * @throws IllegalArgumentException if a value is out of range
     */
    public Objective objective(ModelSpec model) {
        return model instanceof RamSpec ? ramObjective.config() : resnetObjective.config();
    }
}
