package io.github.ram.training.cli;

import io.github.ram.model.ModelSpec;
import io.github.ram.model.Parameter;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.training.cli.option.DescribedModel;
import io.github.ram.training.cli.option.Failure;
import io.github.ram.training.cli.option.JsonOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Describes a model. */
@Command(
        name = "describe",
        description = "Describes a model: its configuration, its parameters with their shapes, and its multiply-adds an"
                + " image. The model is that of a checkpoint, or the one that the options describe.",
        sortOptions = false)
final class DescribeCommand implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--checkpoint",
            paramLabel = "CHECKPOINT",
            description = "File of the model, or the name of a bundled model, instead of the options below.")
    private String checkpoint;

    @Mixin
    private DescribedModel options;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        ModelSpec model = checkpoint == null ? Failure.asUsage(spec, options::model) : stored();
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("family", model.family());
        summary.put("configuration", JSON.valueToTree(model));
        summary.put("parameters", model.parameters());
        summary.put("trainable", Parameter.count(model.parameters(), true));
        summary.put("statistics", Parameter.count(model.parameters(), false));
        summary.put("multiplyAdds", model.multiplyAdds());
        json.print(summary, () -> words(model));
        return 0;
    }

    private ModelSpec stored() {
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            if (!List.of("--checkpoint", "--json").contains(option.longestName())) {
                throw new ParameterException(
                        spec.commandLine(),
                        option.longestName() + " describes a model, and so does --checkpoint; give one of them");
            }
        }
        return Checkpoint.named(checkpoint).model();
    }

    private static String words(ModelSpec model) {
        StringJoiner lines = new StringJoiner(System.lineSeparator());
        lines.add(JSON.writeValueAsString(model));
        for (Parameter parameter : model.parameters()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-48s %-20s %,12d%s",
                    parameter.name(),
                    parameter.shape(),
                    parameter.size(),
                    parameter.trainable() ? "" : "  statistic"));
        }
        lines.add(String.format(
                Locale.ROOT,
                "%,d trainable, %,d statistics, %,d multiply-adds an image of %s",
                Parameter.count(model.parameters(), true),
                Parameter.count(model.parameters(), false),
                model.multiplyAdds(),
                model.image()));
        return lines.toString();
    }
}
