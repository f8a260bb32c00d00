package io.github.ram.training.run;

import io.github.ram.model.ModelSpec;
import io.github.ram.model.Parameters;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.checkpoint.CheckpointException;
import io.github.ram.model.checkpoint.Provenance;
import io.github.ram.training.TrainingException;
import io.github.ram.training.data.source.DataSource;
import io.github.ram.training.loop.EpochReport;
import io.github.ram.training.loop.Learner;
import io.github.ram.training.loop.PartialEpoch;
import io.github.ram.training.loop.Progress;
import io.github.ram.training.loop.RandomStream;
import io.github.ram.training.loop.TrainingConfig;
import io.github.ram.training.loop.optimizer.FloatArrays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * A training run and its folder: {@code last.ram}, the newest checkpoint with the state to resume from; {@code best.ram},
 * the checkpoint with the fewest validation errors; and {@code metrics.csv}.
 *
 * <p>Both checkpoints hold the average of the weights, which was evaluated. The state to resume from also holds the
 * weights themselves and the optimizer's moments. {@code last.ram} holds model and state in one file, so they always
 * match, even if the process dies. A folder belongs to one open run at a time.
 */
public final class TrainingRun implements AutoCloseable {

    private static final String STATE = "training/state.json";
    private static final String OPTIMIZER = "training/adam.bin";
    private static final String WEIGHTS = "training/weights.bin";

    private final Path directory;
    private final RunLock lock;
    private final RunState state;
    private final Checkpoint last;

    private TrainingRun(Path directory, RunLock lock, RunState state, Checkpoint last) {
        this.directory = directory;
        this.lock = lock;
        this.state = state;
        this.last = last;
    }

    /**
     * Starts a new run.
     *
     * @param data folder of the data set, or null if the data set has no files
     * @param command the command line, to record
     * @throws TrainingException if the folder already holds a run or cannot be created
     */
    public static TrainingRun start(Path directory, TrainingConfig config, Path data, String command) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new TrainingException(
                    String.format(Locale.ROOT, "the folder %s cannot be made: %s", directory, e), e);
        }
        RunState state = RunState.start(config, data, command);
        return locked(directory, lock -> {
            if (Files.exists(last(directory)) || Files.exists(best(directory))) {
                throw new TrainingException(String.format(
                        Locale.ROOT,
                        "%s already holds a training run: resume it with --resume, or choose another --out",
                        directory));
            }
            return new TrainingRun(directory, lock, state, null);
        });
    }

    /**
     * Resumes a run.
     *
     * @param epochs a new limit, or null to keep the run's limit
     * @param moved whether the data set's files are in another folder now, even if the run's folder of data exists
     * @param data finds the new folder, if the files were moved or the run's folder of data is missing
     * @throws TrainingException if the folder holds no run
     */
    public static TrainingRun resume(Path directory, Integer epochs, boolean moved, Function<DataSource, Path> data) {
        requireRun(directory);
        Path file = last(directory);
        return locked(directory, lock -> {
            Checkpoint checkpoint = Checkpoint.load(file);
            RunState state = state(file, checkpoint);
            if (epochs != null) {
                state = state.withEpochs(epochs);
            }
            if (state.data() != null && (moved || !Files.isDirectory(Path.of(state.data())))) {
                DataSource source = DataSource.named(state.config().dataset());
                state = state.withData(data.apply(source));
            }
            return new TrainingRun(directory, lock, state, checkpoint);
        });
    }

    /**
     * Reads the state of the run in a folder. Another process can be training in the folder.
     *
     * @throws TrainingException if the folder holds no run
     */
    public static RunState state(Path directory) {
        requireRun(directory);
        return state(last(directory), Checkpoint.load(last(directory)));
    }

    /** Whether a folder holds a run. */
    public static boolean isIn(Path directory) {
        return Files.exists(last(directory));
    }

    private static void requireRun(Path directory) {
        if (!isIn(directory)) {
            throw new TrainingException(
                    String.format(Locale.ROOT, "%s holds no training run: there is no last.ram", directory));
        }
    }

    private static RunState state(Path file, Checkpoint checkpoint) {
        byte[] json = checkpoint.attachments().get(STATE);
        if (json == null || !checkpoint.attachments().keySet().containsAll(List.of(OPTIMIZER, WEIGHTS))) {
            throw new TrainingException(
                    String.format(Locale.ROOT, "%s holds a model but no training state to resume", file));
        }
        return RunState.read(file, json);
    }

    /** Locks a folder and opens a run in it; releases the lock if that fails. */
    private static TrainingRun locked(Path directory, Function<RunLock, TrainingRun> run) {
        RunLock lock = RunLock.of(directory);
        try {
            return run.apply(lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    public TrainingConfig config() {
        return state.config();
    }

    public Progress progress() {
        return state.progress();
    }

    /** The steps of the epoch after {@link #progress}. */
    public PartialEpoch partial() {
        return state.partial();
    }

    /** The folder of the data set, or null if the data set has no files. */
    public Path data() {
        return state.data() == null ? null : Path.of(state.data());
    }

    /** The path of the best checkpoint. */
    public Path best() {
        return best(directory);
    }

    private static Path best(Path directory) {
        return directory.resolve("best.ram");
    }

    private static Path last(Path directory) {
        return directory.resolve("last.ram");
    }

    /** Whether no step has been saved yet. */
    public boolean isNew() {
        return last == null;
    }

    /**
     * The parameters that training continues from.
     *
     * @throws CheckpointException if the configuration names a checkpoint for them that cannot be read
     * @throws TrainingException if this checkpoint has other parameters than the model
     */
    public Parameters parameters() {
        ModelSpec model = config().model();
        if (last == null && config().from() != null) {
            return parametersOf(config().from(), model);
        }
        Parameters parameters =
                model.initial(RandomStream.WEIGHTS.at(config().seed()).nextLong());
        if (last != null) {
            FloatArrays.read(last.attachments().get(WEIGHTS), parameters);
        }
        return parameters;
    }

    private static Parameters parametersOf(String name, ModelSpec model) {
        Checkpoint checkpoint = Checkpoint.named(name);
        if (!checkpoint.model().family().equals(model.family())) {
            throw new TrainingException(String.format(
                    Locale.ROOT,
                    "%s is a model of the family %s, and --model chooses %s: choose a model of the same family",
                    name,
                    checkpoint.model().family(),
                    model.family()));
        }
        try {
            return Parameters.of(model.parameters(), checkpoint.parameters().arrays());
        } catch (IllegalArgumentException e) {
            throw new TrainingException(
                    String.format(
                            Locale.ROOT,
                            "the weights of %s do not fit the model: %s; choose the options that the checkpoint was trained with",
                            name,
                            e.getMessage()),
                    e);
        }
    }

    /** The model as it was used after the last complete epoch. */
    public ModelSpec model() {
        return last == null ? config().model() : last.model();
    }

    /** Restores the optimizer and the average of the weights. */
    public void restore(Learner learner) {
        if (last != null) {
            learner.optimizer().restore(last.attachments().get(OPTIMIZER));
            learner.average().restore(last.parameters());
        }
    }

    /**
     * Saves an epoch: the best checkpoint if it is one, then the metrics, then the last checkpoint. The last checkpoint is
     * written at the end because a run resumes from it: files that are ahead of it are then written again.
     */
    public void save(ModelSpec model, Learner learner, Progress progress, EpochReport report) {
        Checkpoint checkpoint =
                checkpoint(model, learner, progress, report.validation().errorPercent());
        try {
            if (progress.isBest() && !holdsBetter(report.validation().errorPercent())) {
                checkpoint.save(best());
            }
            new MetricsFile(directory.resolve("metrics.csv")).append(report);
        } catch (CheckpointException | TrainingException e) {
            throw unsaved(e);
        }
        saveLast(checkpoint, learner, progress, PartialEpoch.NONE);
    }

    /**
     * Saves the state within an epoch, or before the first step, so that the run can be resumed.
     */
    public void save(ModelSpec model, Learner learner, Progress progress, PartialEpoch partial) {
        saveLast(checkpoint(model, learner, progress, null), learner, progress, partial);
    }

    private Checkpoint checkpoint(ModelSpec model, Learner learner, Progress progress, Double errorPercent) {
        Provenance provenance =
                new Provenance(config().dataset(), state.command(), progress.epoch(), errorPercent, GitCommit.id());
        return Checkpoint.of(
                config().model().family() + "-" + config().dataset(),
                model,
                learner.average().parameters(),
                provenance);
    }

    private void saveLast(Checkpoint checkpoint, Learner learner, Progress progress, PartialEpoch partial) {
        try {
            checkpoint
                    .with(Map.of(
                            STATE,
                            state.at(progress, partial).toBytes(),
                            OPTIMIZER,
                            learner.optimizer().state(),
                            WEIGHTS,
                            FloatArrays.bytes(learner.parameters().arrays().values())))
                    .save(last(directory));
        } catch (CheckpointException e) {
            throw unsaved(e);
        }
    }

    private static TrainingException unsaved(RuntimeException e) {
        return new TrainingException(
                String.format(
                        Locale.ROOT,
                        "the run could not be saved: %s; the files saved before are untouched; free some space and resume with --resume",
                        e.getMessage()),
                e);
    }

    /**
     * Whether the best checkpoint has a lower error. The best checkpoint can be ahead of the run if the process died
     * between the two writes. A run that was resumed on another machine can give other weights.
     */
    private boolean holdsBetter(double errorPercent) {
        if (!Files.exists(best())) {
            return false;
        }
        try {
            Double percent = Checkpoint.load(best()).manifest().provenance().validationErrorPercent();
            return percent != null && percent < errorPercent;
        } catch (CheckpointException e) {
            return false; // the file is not a model
        }
    }

    /** Releases the folder. */
    @Override
    public void close() {
        lock.close();
    }
}
