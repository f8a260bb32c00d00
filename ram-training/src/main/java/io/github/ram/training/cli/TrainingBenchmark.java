package io.github.ram.training.cli;

import io.github.ram.model.Check;
import io.github.ram.model.EngineChoice;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.Parameters;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.graph.Backend;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.training.cli.option.AugmentationOptions;
import io.github.ram.training.cli.option.CheckpointOption;
import io.github.ram.training.cli.option.DescribedModel;
import io.github.ram.training.cli.option.Failure;
import io.github.ram.training.cli.option.JsonOption;
import io.github.ram.training.cli.option.OptimisationOptions;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.StoredDataset;
import io.github.ram.training.data.drawn.SampleImages;
import io.github.ram.training.loop.Learner;
import io.github.ram.training.loop.TrainingConfig;
import io.github.ram.training.loop.optimizer.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how fast a model is trained. */
@Command(
        name = "benchmark-training",
        description =
                "Measures how fast each engine trains a model: whole steps, from drawn images to new weights. Prints"
                        + " the median of five rounds after a warm-up. The model is that of a checkpoint, which stays"
                        + " unchanged, or with --model the one that the options describe.",
        sortOptions = false)
final class TrainingBenchmark implements Callable<Integer> {

    private static final int ROUNDS = 5;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CheckpointOption checkpoint;

    @Mixin
    private OptimisationOptions optimisation;

    @Mixin
    private DescribedModel described;

    @Mixin
    private AugmentationOptions augmentation;

    @Option(
            names = "--seconds",
            paramLabel = "F",
            defaultValue = "5",
            description = "Seconds to measure an engine. The warm-up takes half as long again. Default: 5.")
    private double seconds;

    @Mixin
    private JsonOption json;

    /**
     * The speed of one engine.
     *
     * @param engine name of the engine
     * @param batchSize images a step
     * @param threads that share a step
     * @param imagesPerSecond in the median round
     * @param millisPerStep in the median round
     */
    private record Speed(String engine, int batchSize, int threads, long imagesPerSecond, double millisPerStep) {

        String words() {
            return String.format(
                    Locale.ROOT,
                    "%-8s %8d images/s, %.2f milliseconds a step of %d on %d threads",
                    engine,
                    imagesPerSecond,
                    millisPerStep,
                    batchSize,
                    threads);
        }
    }

    /**
     * The JSON of the command.
     *
     * @param kernels of the library that computes the matrix products of the engine {@code blas}
     * @param results one result for each engine
     */
    private record Report(String kernels, List<Speed> results) {

        String words() {
            return Stream.concat(
                            Stream.of("kernels  " + kernels), results.stream().map(Speed::words))
                    .collect(Collectors.joining(System.lineSeparator()));
        }
    }

    @Override
    public Integer call() {
        boolean isDescribed = spec.commandLine().getParseResult().hasMatchedOption("--model");
        Checkpoint model = isDescribed ? null : checkpoint.load();
        TrainingConfig config = config(isDescribed ? Failure.asUsage(spec, described::model) : model.model());
        List<Speed> results = new ArrayList<>();
        for (EngineChoice engine : engines(config.model())) {
            Parameters parameters =
                    isDescribed ? config.model().initial(1) : model.parameters().copy();
            results.add(measured(config, parameters, engine));
        }
        Report report = new Report(Backend.kernels(), results);
        json.print(report, report::words);
        return 0;
    }

    /** The engines that train: SameDiff trains both families, and the engine of our own RAM. */
    private static List<EngineChoice> engines(ModelSpec model) {
        return model instanceof RamSpec
                ? List.of(EngineChoice.BLAS, EngineChoice.SAMEDIFF)
                : List.of(EngineChoice.SAMEDIFF);
    }

    private TrainingConfig config(ModelSpec model) {
        try {
            Check.inRange("seconds", 1e-3, 3600, seconds);
            return new TrainingConfig(
                    "strokes",
                    model,
                    null,
                    optimisation.config(described.objective(model)),
                    new Schedule(Schedule.Decay.COSINE, 1e-5, 0, 1, 1),
                    augmentation.config(),
                    1);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Speed measured(TrainingConfig config, Parameters parameters, EngineChoice engine) {
        Dataset data = images(config);
        long round = (long) (1e9 * seconds / ROUNDS);
        double[] rates = new double[ROUNDS];
        try (Learner learner = new Learner(config, parameters, engine)) {
            stepsPerSecond(learner, data, round * ROUNDS / 2); // to warm up
            for (int i = 0; i < ROUNDS; i++) {
                rates[i] = stepsPerSecond(learner, data, round);
            }
        }
        Arrays.sort(rates);
        double median = rates[ROUNDS / 2];
        return new Speed(
                engine.toString(),
                data.size(),
                config.optimisation().threads(),
                Math.round(median * data.size()),
                Math.round(1e5 / median) / 100.0);
    }

    private static Dataset images(TrainingConfig config) {
        int size = config.optimisation().batchSize();
        int classes = config.model().labels().size();
        byte[] labels = new byte[size];
        for (int i = 0; i < size; i++) {
            labels[i] = (byte) (i % Math.min(classes, 128));
        }
        var shape = config.model().image();
        return new StoredDataset("samples", shape, classes, SampleImages.pixels(shape, size), labels);
    }

    private static double stepsPerSecond(Learner learner, Dataset data, long nanos) {
        int[] batch = IntStream.range(0, data.size()).toArray();
        SplittableRandom noise = new SplittableRandom(1);
        long start = System.nanoTime();
        long elapsed;
        long count = 0;
        do {
            learner.step(data, batch, noise.split(), 1e-5);
            count++;
            elapsed = System.nanoTime() - start;
        } while (elapsed < nanos);
        return 1e9 * count / elapsed;
    }
}
