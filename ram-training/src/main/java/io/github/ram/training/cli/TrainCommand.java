package io.github.ram.training.cli;

import io.github.ram.model.ModelSpec;
import io.github.ram.model.Normalisation;
import io.github.ram.training.TrainingException;
import io.github.ram.training.cli.option.AugmentationOptions;
import io.github.ram.training.cli.option.DataOptions;
import io.github.ram.training.cli.option.Failure;
import io.github.ram.training.cli.option.JsonOption;
import io.github.ram.training.cli.option.ModelOptions;
import io.github.ram.training.cli.option.NormalisationOptions;
import io.github.ram.training.cli.option.OptimisationOptions;
import io.github.ram.training.cli.option.ScheduleOptions;
import io.github.ram.training.data.Contents;
import io.github.ram.training.data.DataException;
import io.github.ram.training.data.source.DataSource;
import io.github.ram.training.loop.Trainer;
import io.github.ram.training.loop.TrainingConfig;
import io.github.ram.training.run.RunState;
import io.github.ram.training.run.StopSignal;
import io.github.ram.training.run.TrainingRun;
import io.github.ram.training.run.TrainingSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a model. */
@Command(
        name = "train",
        description = {
            "Trains a model: a Recurrent Attention Model, or a residual network with soft attention.",
            "Writes DIR/last.ram after every epoch, DIR/best.ram whenever the validation error falls,"
                    + " DIR/metrics.csv, events for TensorBoard and, at the end, DIR/report.html. Never uses the test"
                    + " images.",
            "SIGINT and SIGTERM stop training after the current step. A run that was stopped or killed can be resumed"
                    + " and gives the same weights as an unbroken run."
        },
        sortOptions = false)
final class TrainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder of the run.")
    private Path out;

    @Option(
            names = "--resume",
            description = "Resume the run in DIR exactly where it stopped. The run's folder holds its configuration:"
                    + " only --data and --epochs may change.")
    private boolean resume;

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            defaultValue = "mnist",
            description = DataSource.NAMES + ". This program draws strokes and shapes, which need no files. Default:"
                    + " mnist.")
    private String dataset;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--image-size",
            paramLabel = "N",
            description =
                    "Rows and columns that pictures are scaled to. Default: those of the data set; 64 for folder.")
    private Integer imageSize;

    @Option(
            names = "--channels",
            paramLabel = "N",
            description = "Channels that pictures get: 1 for grey, 3 for RGB. Default: those of the data set.")
    private Integer channels;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of all random numbers. Default: 1.")
    private long seed;

    @Mixin
    private ModelOptions model;

    @Option(
            names = "--from",
            paramLabel = "CHECKPOINT",
            description = "Start from the weights of this model instead of random ones: a file, or the name of a"
                    + " bundled model. The parameters must have the same names and shapes.")
    private String from;

    @Mixin
    private OptimisationOptions optimisation;

    @Mixin
    private ScheduleOptions schedule;

    @Mixin
    private NormalisationOptions normalisation;

    @Mixin
    private AugmentationOptions augmentation;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        try (StopSignal stop = StopSignal.listen();
                TrainingRun run = resume ? resumed() : started()) {
            Trainer.Result result = new TrainingSession(out, stop::isRequested).train(run);
            if (!result.isOver()) {
                return CommandLine.ExitCode.SOFTWARE; // not seen: the platform exits with the code of the signal
            }
            print(result);
            return CommandLine.ExitCode.OK;
        }
    }

    /**
     * Opens the run that the options describe: a new run, or the run in the folder if it has the same options.
     *
     * @throws TrainingException if the folder holds a run of other options
     */
    TrainingRun open() {
        if (!TrainingRun.isIn(out)) {
            return started();
        }
        TrainingConfig held = TrainingRun.state(out).config();
        if (!configLike(held).equals(held)) {
            throw new TrainingException(
                    String.format(Locale.ROOT, "%s holds a run of other options: choose another --out", out));
        }
        return TrainingRun.resume(out, null, data.isGiven(), data::directory);
    }

    private void print(Trainer.Result result) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("epochs", result.epochs());
        summary.put("imagesPerSecond", Math.round(result.imagesPerSecond()));
        summary.put("validationErrorPercent", result.validationErrorPercent());
        summary.put("checkpoint", result.checkpoint().toString());
        json.print(
                summary,
                () -> String.format(
                        Locale.ROOT,
                        "%d epochs, %.0f images/s, validation error %.2f %%: %s",
                        result.epochs(),
                        result.imagesPerSecond(),
                        result.validationErrorPercent(),
                        result.checkpoint()));
    }

    private TrainingRun started() {
        TrainingConfig config = Failure.asUsage(spec, this::config);
        return TrainingRun.start(out, config, data.directory(DataSource.named(config.dataset())), command());
    }

    /**
     * Returns the configuration that the options of a new run describe.
     *
     * @throws IllegalArgumentException if a value is out of range
     * @throws DataException if the model depends on data that cannot be read
     */
    TrainingConfig config() {
        DataSource source = DataSource.named(dataset);
        Path directory = data.directory(source);
        return config(
                source,
                source.contents(directory, imageSize, channels),
                wanted -> source.normalisation(directory, wanted));
    }

    /**
     * Returns the configuration that the options describe on the data of another run, which are not read.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    private TrainingConfig configLike(TrainingConfig other) {
        ModelSpec held = other.model();
        return config(DataSource.named(dataset), Contents.of(held), wanted -> held.input());
    }

    private TrainingConfig config(DataSource source, Contents contents, Function<Contents, Normalisation> usual) {
        Normalisation input = normalisation.or(contents.shape().channels(), () -> usual.apply(contents));
        ModelSpec described = model.model(contents.shape(), input, contents.labels());
        return new TrainingConfig(
                source.toString(),
                described,
                from,
                optimisation.config(model.objective(described)),
                schedule.config(),
                augmentation.config(),
                seed);
    }

    /** Resumes the run in the folder, which holds the configuration. Rejects an option that would change it. */
    private TrainingRun resumed() {
        List<String> free = List.of("--out", "--resume", "--data", "--download", "--epochs", "--json");
        List<OptionSpec> others = spec.commandLine().getParseResult().matchedOptions().stream()
                .filter(option -> !free.contains(option.longestName()))
                .toList();
        RunState state = others.isEmpty() ? null : TrainingRun.state(out);
        for (OptionSpec option : others) {
            if (changes(option, state)) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(),
                        String.format(
                                Locale.ROOT,
                                "%s cannot be changed in a resumed run; start a new one",
                                option.longestName()));
            }
        }
        Integer epochs = schedule.epochs();
        if (epochs != null && epochs < 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "epochs must be at least 1, got " + epochs);
        }
        return TrainingRun.resume(out, epochs, data.isGiven(), data::directory);
    }

    /** Whether an option changes the configuration that the run's command gives. */
    private boolean changes(OptionSpec option, RunState state) {
        List<String> words = new ArrayList<>(List.of(state.command().split(" ")));
        words.remove(0); // train
        words.addAll(List.of(
                "--threads", Integer.toString(state.config().optimisation().threads())));
        words.add(option.longestName());
        words.addAll(option.originalStringValues());
        try {
            TrainingConfig config = parsed(out, words).configLike(state.config());
            return !config.withEpochs(state.config().schedule().epochs()).equals(state.config());
        } catch (CommandLine.ParameterException | IllegalArgumentException | DataException e) {
            return true; // an earlier release had other options
        }
    }

    /**
     * Parses the command of a run.
     *
     * @param options of train, without {@code --out}; the last of several values counts
     */
    static TrainCommand parsed(Path out, List<String> options) {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("--out", out.toString()));
        TrainCommand command = new TrainCommand();
        new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOverwrittenOptionsAllowed(true)
                .parseArgs(arguments.toArray(String[]::new));
        return command;
    }

    private String command() {
        List<String> words = new ArrayList<>(List.of("train"));
        for (var option : spec.commandLine().getParseResult().matchedOptions()) {
            if (!List.of("--out", "--data", "--download", "--json").contains(option.longestName())) {
                words.add(option.longestName());
                if (option.arity().max() > 0) {
                    words.add(option.originalStringValues().get(0));
                }
            }
        }
        return String.join(" ", words);
    }
}
