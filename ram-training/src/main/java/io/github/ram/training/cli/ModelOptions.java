package io.github.ram.training.cli;

import io.github.ram.model.ImageShape;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.Normalisation;
import io.github.ram.model.Objective;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The choice of a family, the family's options, and what its training minimises. */
final class ModelOptions {

    private static final Pattern RESNET = Pattern.compile("resnet-?(\\d{1,4})");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "ram",
            description =
                    "ram, or a residual network: resnet18, 34, 50, 101, 152, or for small images resnet20, 32, 44,"
                            + " 56. Default: ram.")
    private String model;

    @Mixin
    private RamOptions ram;

    @Mixin
    private RamObjectiveOptions ramObjective;

    @Mixin
    private ResNetOptions resnet;

    /**
     * The model that the options describe.
     *
     * @throws IllegalArgumentException if a value is out of range
     * @throws ParameterException if an option belongs to the other family
     */
    ModelSpec model(ImageShape image, Normalisation input, List<String> labels) {
        Optional<Integer> depth = depth();
        if (depth.isPresent()) {
            refuse(new RamOptions(), new RamObjectiveOptions());
            return resnet.model(depth.get(), image, input, labels);
        }
        refuse(new ResNetOptions());
        return ram.model(image, input, labels);
    }

    /**
     * The objective that the options describe.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    Objective objective() {
        return depth().isPresent() ? resnet.objective() : ramObjective.config();
    }

    /** The depth of a residual network; empty for RAM. */
    private Optional<Integer> depth() {
        if (model.equalsIgnoreCase("ram")) {
            return Optional.empty();
        }
        Matcher name = RESNET.matcher(model.toLowerCase(Locale.ROOT));
        if (!name.matches()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "no model is called %s: choose ram or resnet18, 34, 50, 101, 152, 20, 32, 44, 56",
                    model));
        }
        return Optional.of(Integer.valueOf(name.group(1)));
    }

    /** Refuses options of the family that was not chosen. */
    private void refuse(Object... others) {
        ParseResult given = command.commandLine().getParseResult();
        for (Object other : others) {
            for (OptionSpec option : CommandSpec.forAnnotatedObject(other).options()) {
                if (given != null && given.hasMatchedOption(option.longestName())) {
                    throw new ParameterException(
                            command.commandLine(),
                            String.format(
                                    Locale.ROOT, "%s does not belong to --model %s", option.longestName(), model));
                }
            }
        }
    }
}
