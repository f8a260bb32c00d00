package io.github.ram.training;

import io.github.ram.model.HiddenSizes;
import io.github.ram.model.Location;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.Normalisation;
import io.github.ram.model.RamConfig;
import io.github.ram.model.StartLocation;
import io.github.ram.training.data.DataSource;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
            "Writes DIR/last.ram after every epoch, DIR/best.ram whenever the validation error falls, and"
                    + " DIR/metrics.csv. The test images are never used."
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
            names = "--epochs",
            paramLabel = "N",
            description = "Passes over the training images, at most. Default: 100.")
    private Integer epochs;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "128",
            description = "Images a step. Default: 128.")
    private int batchSize;

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
            names = "--std",
            paramLabel = "F",
            defaultValue = "0.1",
            description = "Standard deviation of the policy; the image is 2 wide. Default: 0.1.")
    private double std;

    @Option(
            names = "--start",
            paramLabel = "X,Y|learned",
            defaultValue = "learned",
            description = "First location, each in [-1, 1], or learned by the policy. Default: learned.")
    private String start;

    @Option(
            names = "--learning-rate",
            paramLabel = "F",
            defaultValue = "0.001",
            description = "Of Adam, at the start. Default: 0.001.")
    private double learningRate;

    @Option(
            names = "--policy-weight",
            paramLabel = "F",
            defaultValue = "0.01",
            description = "Weight of REINFORCE in the loss. Default: 0.01.")
    private double policyWeight;

    @Option(
            names = "--policy-rate",
            paramLabel = "F",
            defaultValue = "0.1",
            description = "Learning rate of the location network, as a share of the others'. Default: 0.1.")
    private double policyRate;

    @Option(
            names = "--shift",
            paramLabel = "N",
            defaultValue = "0",
            description = "Move each training image by up to N pixels each way, at random. Default: 0.")
    private int shift;

    @Option(
            names = "--plateau-factor",
            paramLabel = "F",
            defaultValue = "0.5",
            description = "The learning rate is multiplied with it on a plateau. Default: 0.5.")
    private double plateauFactor;

    @Option(
            names = "--plateau-patience",
            paramLabel = "N",
            defaultValue = "5",
            description = "Epochs without a better validation error that make a plateau. Default: 5.")
    private int plateauPatience;

    @Option(
            names = "--patience",
            paramLabel = "N",
            defaultValue = "30",
            description = "Epochs without a better validation error after which training stops. Default: 30.")
    private int patience;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that share a step. Default: one a core.")
    private Integer threads;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        TrainingRun run = resume ? resumed() : started();
        TrainingConfig config = run.config();
        DataSource source = DataSource.named(config.dataset());
        Dataset training = source.load(Split.TRAIN, run.data());
        Dataset validation = source.load(Split.VALIDATION, run.data());
        Trainer.Result result = new Trainer(run, training, validation, System.err::println).train();
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
        return 0;
    }

    private TrainingRun started() {
        TrainingConfig config = Failure.asUsage(spec, this::config);
        return TrainingRun.start(out, config, data.directory(DataSource.named(config.dataset())), command());
    }

    private TrainingConfig config() {
        DataSource source = DataSource.named(dataset);
        int cores = Runtime.getRuntime().availableProcessors();
        return new TrainingConfig(
                source.toString(),
                new ModelSpec(network(source), Normalisation.MNIST, start(), source.classLabels()),
                new TrainingConfig.Optimisation(
                        batchSize,
                        threads == null ? cores : threads,
                        policyWeight,
                        policyRate,
                        new TrainingConfig.Schedule(learningRate, plateauFactor, plateauPatience),
                        shift),
                epochs == null ? 100 : epochs,
                patience,
                seed);
    }

    private RamConfig network(DataSource source) {
        return new RamConfig(
                source.shape(),
                glimpses.config(),
                core,
                HiddenSizes.PAPER,
                std,
                source.classLabels().size());
    }

    private StartLocation start() {
        if (start.equalsIgnoreCase("learned")) {
            return new StartLocation(StartLocation.Kind.LEARNED, Location.CENTRE);
        }
        return StartLocation.fixed(Locations.parse("--start", start));
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
