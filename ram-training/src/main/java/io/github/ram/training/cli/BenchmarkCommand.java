package io.github.ram.training.cli;

import io.github.ram.model.Classifier;
import io.github.ram.model.EngineChoice;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.ModelWeights;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.ram.engine.BlasEngine;
import io.github.ram.training.cli.option.CheckpointOption;
import io.github.ram.training.cli.option.DescribedModel;
import io.github.ram.training.cli.option.Failure;
import io.github.ram.training.cli.option.JsonOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Measures how fast each engine runs a model. */
@Command(
        name = "benchmark",
        description =
                "Measures how fast each engine runs a model on drawn digits. Prints the median of five rounds after"
                        + " a warm-up. The model is that of a checkpoint, or with --model the one that the options"
                        + " describe, with random weights.",
        sortOptions = false)
final class BenchmarkCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private CheckpointOption checkpoint;

    @Mixin
    private DescribedModel described;

    @Option(names = "--batch-size", paramLabel = "N", defaultValue = "1", description = "Images a call. Default: 1.")
    private int batchSize;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads that call an engine at the same time, each with its own batch. Default: 1.")
    private int threads;

    @Option(
            names = "--seconds",
            paramLabel = "F",
            defaultValue = "5",
            description = "Seconds to measure an engine. The warm-up takes half as long again. Default: 5.")
    private double seconds;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        demand(batchSize >= 1 && batchSize <= 65_536, "--batch-size must be in [1, 65536], got " + batchSize);
        demand(threads >= 1 && threads <= 1024, "--threads must be in [1, 1024], got " + threads);
        demand(seconds > 0 && seconds <= 3600, "--seconds must be in (0, 3600], got " + seconds);
        List<EngineSpeed> results = new ArrayList<>();
        if (isDescribed()) {
            ModelSpec model = Failure.asUsage(spec, described::model);
            measure(model, ModelWeights.of(model, model.initial(1)), results);
        } else {
            Checkpoint model = checkpoint.load();
            measure(model.model(), model, results);
        }
        Report report = new Report(BlasEngine.kernels(), results);
        json.print(report, report::words);
        return 0;
    }

    private void measure(ModelSpec model, ModelWeights weights, List<EngineSpeed> results) {
        for (EngineChoice choice : model.engines()) {
            try (Classifier engine = model.classifier(choice, weights, batchSize)) {
                results.add(EngineSpeed.of(model, engine, batchSize, threads, seconds));
            }
        }
    }

    /** Whether the options describe the model. Rejects options of a model beside a checkpoint. */
    private boolean isDescribed() {
        ParseResult given = spec.commandLine().getParseResult();
        boolean isDescribed = given.hasMatchedOption("--model");
        demand(
                !isDescribed || !given.hasMatchedOption("--checkpoint"),
                "--model describes a model, and so does --checkpoint; give one of them");
        for (OptionSpec option :
                CommandSpec.forAnnotatedObject(new DescribedModel()).options()) {
            demand(
                    isDescribed || !given.hasMatchedOption(option.longestName()),
                    option.longestName() + " needs --model: a checkpoint has its own");
        }
        return isDescribed;
    }

    /**
     * The JSON of the command.
     *
     * @param kernels of the library that computes the matrix products of the engine {@code blas}
     * @param results one result for each engine
     */
    private record Report(String kernels, List<EngineSpeed> results) {

        private String words() {
            return Stream.concat(
                            Stream.of("kernels  " + kernels), results.stream().map(BenchmarkCommand::words))
                    .collect(Collectors.joining(System.lineSeparator()));
        }
    }

    private static String words(EngineSpeed speed) {
        return String.format(
                Locale.ROOT,
                "%-8s %8d images/s, %.1f microseconds a batch of %d on %d threads",
                speed.engine(),
                speed.imagesPerSecond(),
                speed.microsPerBatch(),
                speed.batchSize(),
                speed.threads());
    }

    private void demand(boolean condition, String message) {
        if (!condition) {
            throw new CommandLine.ParameterException(spec.commandLine(), message);
        }
    }
}
