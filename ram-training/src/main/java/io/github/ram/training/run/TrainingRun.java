package io.github.ram.training.run;

import io.github.ram.model.ModelSpec;
import io.github.ram.model.Parameters;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.checkpoint.CheckpointException;
import io.github.ram.model.checkpoint.Provenance;
import io.github.ram.training.data.DataSource;
import io.github.ram.training.loop.EpochReport;
import io.github.ram.training.loop.FloatArrays;
import io.github.ram.training.loop.Learner;
import io.github.ram.training.loop.PartialEpoch;
import io.github.ram.training.loop.Progress;
import io.github.ram.training.loop.RandomStream;
import io.github.ram.training.loop.TrainingConfig;
import io.github.ram.training.loop.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A training run and its folder: {@code last.ram}, the newest checkpoint, which also holds all that is
 * needed to go on from it; {@code best.ram}, the checkpoint with the fewest validation errors; and
 * {@code metrics.csv}.
 *
 * <p>Both checkpoints hold the average of the weights, which is what was evaluated. The weights themselves are part of
 * the state to go on from, as are the optimizer's moments. The state travels inside {@code last.ram}, so weights and
 * state cannot come apart, whenever the process may die. The folder belongs to one run at a time, until that is closed.
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
     * A new run.
     *
     * @param data folder of the data set, or null if it is not read from files
     * @param command the command line, for the record
     * @throws TrainingException if the folder holds a run already or cannot be made
     */
    public static TrainingRun start(Path directory, TrainingConfig config, Path data, String command) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new TrainingException("the folder %s cannot be made: %s".formatted(directory, e), e);
        }
        RunState state = RunState.start(config, data, command);
        return locked(directory, lock -> {
            if (Files.exists(last(directory)) || Files.exists(best(directory))) {
                throw new TrainingException(
                        "%s holds a training run already: go on with --resume, or choose another --out"
                                .formatted(directory));
            }
            return new TrainingRun(directory, lock, state, null);
        });
    }

    /**
     * A run to be gone on with.
     *
     * @param epochs a new limit, or null to keep the run's own
     * @param moved the data set's files are elsewhere now, even if the run's own folder of them is there
     * @param data finds them, if they were moved or that folder is gone
     * @throws TrainingException if the folder holds none
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
     * The state of the run in a folder, whether or not a process is training in it.
     *
     * @throws TrainingException if the folder holds none
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
            throw new TrainingException("%s holds no training run: there is no last.ram".formatted(directory));
        }
    }

    private static RunState state(Path file, Checkpoint checkpoint) {
        byte[] json = checkpoint.attachments().get(STATE);
        if (json == null || !checkpoint.attachments().keySet().containsAll(List.of(OPTIMIZER, WEIGHTS))) {
            throw new TrainingException("%s holds a model but no training state to resume".formatted(file));
        }
        return RunState.read(file, json);
    }

    /** A run in a folder that no other run has, or none. */
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

    /** What was done of the epoch after {@link #progress}. */
    public PartialEpoch partial() {
        return state.partial();
    }

    /** Folder of the data set, or null. */
    public Path data() {
        return state.data() == null ? null : Path.of(state.data());
    }

    /** Where the best checkpoint is written. */
    public Path best() {
        return best(directory);
    }

    private static Path best(Path directory) {
        return directory.resolve("best.ram");
    }

    private static Path last(Path directory) {
        return directory.resolve("last.ram");
    }

    /** Whether it stands at its beginning. */
    public boolean isNew() {
        return last == null;
    }

    /** The parameters that training continues from. */
    public Parameters parameters() {
        Parameters parameters = config().model()
                .initial(RandomStream.WEIGHTS.at(config().seed()).nextLong());
        if (last != null) {
            FloatArrays.read(last.attachments().get(WEIGHTS), parameters);
        }
        return parameters;
    }

    /** The model as it was used after the last complete epoch. */
    public ModelSpec model() {
        return last == null ? config().model() : last.model();
    }

    /** Puts the optimizer and the average of the weights where the run stands. */
    public void restore(Learner learner) {
        if (last != null) {
            learner.optimizer().restore(last.attachments().get(OPTIMIZER));
            learner.average().restore(last.parameters());
        }
    }

    /**
     * Writes an epoch: the best checkpoint if it is, then the metrics, then the last checkpoint. That one
     * comes at the end because a run goes on from it: whatever is ahead of it is then written once more.
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
     * Writes where a run stands within an epoch, or before the first: whatever happens from then on, it can be resumed.
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
                "the run could not be saved: %s; what was saved before is untouched, make room and go on with --resume"
                        .formatted(e.getMessage()),
                e);
    }

    /**
     * Whether the best checkpoint has fewer errors than that. It can be ahead of the run, if the process died between
     * the two, and what was resumed on another machine need not come to the same.
     */
    private boolean holdsBetter(double errorPercent) {
        if (!Files.exists(best())) {
            return false;
        }
        try {
            Double percent = Checkpoint.load(best()).manifest().provenance().validationErrorPercent();
            return percent != null && percent < errorPercent;
        } catch (CheckpointException e) {
            return false; // whatever it is, it is no model
        }
    }

    /** Leaves the folder to others. */
    @Override
    public void close() {
        lock.close();
    }
}
