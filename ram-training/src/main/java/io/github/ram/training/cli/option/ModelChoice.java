package io.github.ram.training.cli.option;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The option that chooses a family of models. */
public final class ModelChoice {

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

    /**
     * Returns the depth of a residual network; empty for RAM.
     *
     * @throws IllegalArgumentException if no model has the name
     */
    public Optional<Integer> depth() {
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

    /**
     * Rejects options of the family that was not chosen.
     *
     * @throws ParameterException if one was given
     */
    public void reject(Object... others) {
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

    @Override
    public String toString() {
        return model;
    }
}
