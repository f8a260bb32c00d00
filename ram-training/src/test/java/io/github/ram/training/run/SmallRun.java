package io.github.ram.training.run;

import io.github.ram.model.ImageShape;
import io.github.ram.model.Normalisation;
import io.github.ram.model.ram.RamObjective;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.StartLocation;
import io.github.ram.model.ram.network.GlimpseConfig;
import io.github.ram.model.ram.network.HiddenSizes;
import io.github.ram.model.ram.network.Location;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.training.TrainingException;
import io.github.ram.training.augmentation.Augmentation;
import io.github.ram.training.cli.option.Failure;
import io.github.ram.training.data.StoredDataset;
import io.github.ram.training.loop.Trainer;
import io.github.ram.training.loop.TrainingConfig;
import io.github.ram.training.loop.TrainingListener;
import io.github.ram.training.loop.optimizer.OptimizerConfig;
import io.github.ram.training.loop.optimizer.Schedule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/** Training small enough for tests: 12×10 images of three classes, fewer than fifty units. */
public final class SmallRun {

    public static final ImageShape SHAPE = new ImageShape(12, 10, 1);
    public static final StartLocation LEARNED = new StartLocation(StartLocation.Kind.LEARNED, Location.CENTRE);
    public static final StartLocation FIXED = StartLocation.fixed(new Location(0.25f, -0.5f));
    public static final StoredDataset TRAINING = images(90, 1);
    public static final StoredDataset VALIDATION = images(40, 2);

    private SmallRun() {}

    /** Noise with a bright bar, in the left, the middle or the right third: the class. */
    public static StoredDataset images(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] pixels = new byte[count * SHAPE.size()];
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) random.nextInt(3);
            int bar = 3 * labels[i] + random.nextInt(3);
            for (int p = 0; p < SHAPE.size(); p++) {
                int ink = p % SHAPE.width() == bar ? 180 : 0;
                pixels[i * SHAPE.size() + p] = (byte) (ink + random.nextInt(70));
            }
        }
        return new StoredDataset("bars", SHAPE, 3, pixels, labels);
    }

    public static final StartLocation CHOSEN = new StartLocation(StartLocation.Kind.CHOSEN, Location.CENTRE);

    /** The default: one epoch. */
    public static final Schedule SCHEDULE = new Schedule(new Schedule.Decay(List.of(100), 0.5), 0.003, 0, 1, 1000);

    public static StartLocation start(StartLocation.Kind kind) {
        return switch (kind) {
            case FIXED -> FIXED;
            case LEARNED -> LEARNED;
            case CHOSEN -> CHOSEN;
        };
    }

    /** Each image rolled out as often as said; the policy learns as fast as all else. */
    public static TrainingConfig.Optimisation optimisation(int batchSize, int threads, int rollouts) {
        return new TrainingConfig.Optimisation(
                batchSize, threads, new RamObjective(rollouts, 0.3, 1), OptimizerConfig.ADAM, 0.9);
    }

    /** Trains and records three epochs of 45 steps each, unless it is stopped. Returns the folder. */
    static Path recorded(Path folder, BooleanSupplier stop) {
        TrainingConfig config = config(network(3, 0.15), LEARNED, 2, 1);
        try (TrainingRun run = open(folder, config, 3);
                RunRecorder recorder = new RunRecorder(folder, VALIDATION)) {
            new Trainer(run, TRAINING, VALIDATION, recorder, stop).train();
        }
        return folder;
    }

    public static RamConfig network(int glimpses, double std) {
        return network(RamConfig.Core.RELU, glimpses, std);
    }

    public static RamConfig network(RamConfig.Core core, int glimpses, double std) {
        return new RamConfig(
                SHAPE, new GlimpseConfig(glimpses, 4, 2, 2), core, new HiddenSizes(8, 6, 12, 10, 7), std, 3);
    }

    public static TrainingConfig config(RamConfig network, StartLocation start, int batchSize, int threads) {
        return config(network, Normalisation.background(0.2, 0.3), start, batchSize, threads);
    }

    public static TrainingConfig config(
            RamConfig network, Normalisation input, StartLocation start, int batchSize, int threads) {
        return new TrainingConfig(
                "strokes", // the name of one that is not read from files
                RamSpec.of(network, input, start, List.of("left", "middle", "right")),
                null,
                optimisation(batchSize, threads, 1),
                SCHEDULE,
                Augmentation.NONE,
                5);
    }

    public static TrainingConfig config(StartLocation start, int threads) {
        return config(network(3, 0.15), start, 16, threads);
    }

    /** Starts the run, or resumes it, and trains up to the given epoch. */
    public static Trainer.Result train(Path folder, TrainingConfig config, int epochs) {
        return train(folder, config, epochs, report -> {}, () -> false);
    }

    /** Does the same, but stops after the given step. */
    public static Trainer.Result train(Path folder, TrainingConfig config, int epochs, BooleanSupplier stop) {
        return train(folder, config, epochs, report -> {}, stop);
    }

    private static Trainer.Result train(
            Path folder, TrainingConfig config, int epochs, TrainingListener report, BooleanSupplier stop) {
        try (TrainingRun run = open(folder, config, epochs)) {
            return new Trainer(run, TRAINING, VALIDATION, report, stop).train();
        }
    }

    /** A new run, or the one in the folder. */
    public static TrainingRun open(Path folder, TrainingConfig config, int epochs) {
        return Files.exists(folder.resolve("last.ram"))
                ? TrainingRun.resume(folder, epochs, false, source -> null)
                : TrainingRun.start(folder, config.withEpochs(epochs), null, "train");
    }

    /** Runs in a separate process, which prints a line for each epoch. */
    public static void main(String[] arguments) {
        StartLocation start = start(StartLocation.Kind.valueOf(arguments[1]));
        try (StopSignal stop = StopSignal.listen()) {
            train(
                    Path.of(arguments[0]),
                    config(start, 2),
                    Integer.parseInt(arguments[2]),
                    System.out::println,
                    stop::isRequested);
        } catch (TrainingException e) {
            System.err.println("error: " + Failure.describe(e));
            System.exit(1);
        }
    }
}
