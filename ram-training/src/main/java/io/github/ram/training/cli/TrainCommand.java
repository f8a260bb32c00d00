package io.github.ram.training.cli;

import io.github.ram.model.ModelSpec;
import io.github.ram.model.Normalisation;
import io.github.ram.model.ram.HiddenSizes;
import io.github.ram.model.ram.Location;
import io.github.ram.model.ram.RamConfig;
import io.github.ram.model.ram.StartLocation;
import io.github.ram.training.data.DataSource;
import io.github.ram.training.loop.Trainer;
import io.github.ram.training.loop.TrainingConfig;
import io.github.ram.training.loop.TrainingException;
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
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a model. */
@Command(
        name = "train",
        description = {
            "Trains a model with REINFORCE and cross-entropy.",
            "Writes DIR/last.ram after every epoch, DIR/best.ram whenever the validation error falls,"
                    + " DIR/metrics.csv, events for TensorBoard and, at the end, DIR/report.html. The test images are"
                    + " never used.",
            "SIGINT and SIGTERM stop it after the step that it is in; it can be resumed from there, as from wherever"
                    + " it may have died, and comes to the same weights."
        },
        sortOptions = false)
final class TrainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder of the run.")
    private Path out;

    @Option(
            names = "--resume",
            description = "Go on with the run in DIR, exactly where it stopped. Takes its configuration from"
                    + " there: only --data and --epochs may be given again.")
    private boolean resume;

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            defaultValue = "mnist",
            description = DataSource.NAMES + " (drawn by this program, needs no files). Default: mnist.")
    private String dataset;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of everything random. Default: 1.")
    private long seed;

    @Mixin
    private GlimpseOptions glimpses;

    @Option(
            names = "--core",
            paramLabel = "KIND",
            defaultValue = "relu",
            description = "Core network: relu, the paper's, or lstm. Default: relu.")
    private RamConfig.Core core;

    @Option(
            names = "--hidden",
            paramLabel = "N",
            defaultValue = "256",
            description = "Units of the core network and of the glimpse network's output; the other hidden layers have"
                    + " half as many. Default: 256, the paper's.")
    private int hidden;

    @Option(
            names = "--std",
            paramLabel = "F",
            defaultValue = "0.1",
            description = "Standard deviation of the policy; the image is 2 wide. Default: 0.1.")
    private double std;

    @Option(
            names = "--start",
            paramLabel = "X,Y|learned|chosen",
            defaultValue = "chosen",
            description = "First location, each in [-1, 1]; learned by the policy; or chosen on the validation images"
                    + " after training from random starts. Default: chosen.")
    private String start;

    @Mixin
    private OptimisationOptions optimisation;

    @Mixin
    private ScheduleOptions schedule;

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
                return CommandLine.ExitCode.SOFTWARE; // unseen: the platform has a code for each signal
            }
            print(result);
            return CommandLine.ExitCode.OK;
        }
    }

    /**
     * The run that the options ask for: a new one, or the one in the folder if it is of the same options.
     *
     * @throws TrainingException if the folder holds a run of other options
     */
    TrainingRun open() {
        if (!TrainingRun.isIn(out)) {
            return started();
        }
        TrainingConfig config = config();
        if (!TrainingRun.state(out).config().equals(config)) {
            throw new TrainingException("%s holds a run of other options: choose another --out".formatted(out));
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
                () -> "%d epochs, %.0f images/s, validation error %.2f %%: %s"
                        .formatted(
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
     * What the options of a new run say.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    TrainingConfig config() {
        DataSource source = DataSource.named(dataset);
        return new TrainingConfig(
                source.toString(),
                new ModelSpec(network(source), Normalisation.MNIST, start(), source.classLabels()),
                optimisation.config(),
                schedule.config(),
                augmentation.config(),
                seed);
    }

    private RamConfig network(DataSource source) {
        return new RamConfig(
                source.shape(),
                glimpses.config(),
                core,
                HiddenSizes.ofCore(hidden),
                std,
                source.classLabels().size());
    }

    private StartLocation start() {
        return switch (start.toLowerCase(Locale.ROOT)) {
            case "learned" -> new StartLocation(StartLocation.Kind.LEARNED, Location.CENTRE);
            case "chosen" -> new StartLocation(StartLocation.Kind.CHOSEN, Location.CENTRE);
            default -> StartLocation.fixed(Locations.parse("--start", start));
        };
    }

    /** A resumed run takes its configuration from its folder, so options that would change it are errors. */
    private TrainingRun resumed() {
        List<String> allowed = List.of("--out", "--resume", "--data", "--download", "--epochs", "--json");
        for (var option : spec.commandLine().getParseResult().matchedOptions()) {
            if (!allowed.contains(option.longestName())) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(),
                        "%s cannot be changed in a resumed run; start a new one".formatted(option.longestName()));
            }
        }
        Integer epochs = schedule.epochs();
        if (epochs != null && epochs < 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "epochs must be at least 1, got " + epochs);
        }
        return TrainingRun.resume(out, epochs, data.isGiven(), data::directory);
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
