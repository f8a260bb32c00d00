package io.github.ram.training.cli;

import io.github.ram.model.Parameters;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.checkpoint.Provenance;
import io.github.ram.training.cli.option.JsonOption;
import io.github.ram.training.run.GitCommit;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Averages the weights of models, such as one before and after its training on other images: the mean keeps most of what
 * each can do (Wortsman et al., "Robust fine-tuning of zero-shot models", 2022).
 */
@Command(
        name = "average",
        description = {
            "Writes a model whose weights are the mean of the weights of other models. Train one of them from the weights"
                    + " of the other (train --from): models of separate trainings have no useful mean.",
            "The configuration, the data set and the first location are those of the first model."
        },
        sortOptions = false)
final class AverageCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--checkpoint",
            paramLabel = "CHECKPOINT",
            required = true,
            description = "File of a model, or the name of a bundled model. Give two or more.")
    private List<Path> checkpoints;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Checkpoint to write.")
    private Path out;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        if (checkpoints.size() < 2) {
            throw new ParameterException(spec.commandLine(), "a mean needs two models: give --checkpoint twice");
        }
        List<Checkpoint> models = checkpoints.stream()
                .map(file -> Checkpoint.named(file.toString()))
                .toList();
        Checkpoint first = models.get(0);
        for (int i = 1; i < models.size(); i++) {
            if (!models.get(i).parameters().list().equals(first.parameters().list())) {
                throw new ParameterException(
                        spec.commandLine(),
                        String.format(
                                Locale.ROOT,
                                "%s and %s have parameters of other names or shapes: give models of one configuration",
                                checkpoints.get(0),
                                checkpoints.get(i)));
            }
        }
        Checkpoint mean = Checkpoint.of(first.manifest().name(), first.model(), mean(models), origin(models));
        mean.save(out);
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("models", models.size());
        summary.put("checkpoint", out.toString());
        json.print(summary, () -> String.format(Locale.ROOT, "the mean of %d models: %s", models.size(), out));
        return 0;
    }

    private static Parameters mean(List<Checkpoint> models) {
        Map<String, INDArray> mean = new LinkedHashMap<>();
        for (Checkpoint model : models) {
            model.parameters()
                    .arrays()
                    .forEach((name, values) -> mean.merge(name, values.div(models.size()), INDArray::addi));
        }
        return Parameters.of(models.get(0).parameters().list(), mean);
    }

    /** The commands that trained the models, and how far each went. */
    private static Provenance origin(List<Checkpoint> models) {
        return new Provenance(
                models.get(0).manifest().provenance().dataset(),
                models.stream()
                        .map(model -> model.manifest().provenance())
                        .map(origin -> origin.epoch() == null
                                ? origin.command()
                                : String.format(Locale.ROOT, "%s (epoch %d)", origin.command(), origin.epoch()))
                        .collect(Collectors.joining("; ", "average of ", "")),
                null,
                null,
                GitCommit.id());
    }
}
