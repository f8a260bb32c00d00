package io.github.ram.training;

import io.github.ram.model.ModelSpec;
import io.github.ram.model.RamConfig;
import io.github.ram.model.Weights;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.checkpoint.CheckpointException;
import io.github.ram.model.checkpoint.Provenance;
import io.github.ram.training.data.DataSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A training run and its folder: {@code last.ram}, the newest checkpoint, which also holds all that is
 * needed to go on from it; {@code best.ram}, the checkpoint with the fewest validation errors; and
 * {@code metrics.csv}.
 *
 * <p>Both checkpoints hold the average of the weights, which is what was evaluated. The weights themselves are part of
 * the state to go on from, as are the optimizer's moments. The state travels inside {@code last.ram}, so weights and state cannot come apart, whenever the
 * process may die.
 */
final class TrainingRun {

    private static final String STATE = "training/state.json";
    private static final String ADAM = "training/adam.bin";
    private static final String WEIGHTS = "training/weights.bin";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path directory;
    private final State state;
    private final Checkpoint last;

    private TrainingRun(Path directory, State state, Checkpoint last) {
        this.directory = directory;
        this.state = state;
        this.last = last;
    }

    /** What, beside the model and the optimizer's moments, a run needs to go on. */
    private record State(TrainingConfig config, String data, String command, Progress progress) {

        private State {
            Objects.requireNonNull(config, "config");
            Objects.requireNonNull(progress, "progress");
        }
    }

    /**
     * A new run.
     *
     * @param data folder of the data set, or null if it is not read from files
     * @param command the command line, for the record
     * @throws TrainingException if the folder holds a run already or cannot be made
     */
    static TrainingRun start(Path directory, TrainingConfig config, Path data, String command) {
        if (Files.exists(last(directory))) {
            throw new TrainingException("%s holds a training run already: go on with --resume, or choose another --out"
                    .formatted(directory));
        }
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new TrainingException("the folder %s cannot be made: %s".formatted(directory, e), e);
        }
        State state = new State(config, absolute(data), command, Progress.START);
        return new TrainingRun(directory, state, null);
    }

    /**
     * A run to be gone on with.
     *
     * @param epochs a new limit, or null to keep the run's own
     * @param moved the data set's files are elsewhere now, even if the run's own folder of them is there
     * @param data finds them, if they were moved or that folder is gone
     * @throws TrainingException if the folder holds none
     */
    static TrainingRun resume(Path directory, Integer epochs, boolean moved, Function<DataSource, Path> data) {
        Path file = last(directory);
        if (!Files.exists(file)) {
            throw new TrainingException(
                    "%s holds no training run to resume: there is no last.ram".formatted(directory));
        }
        Checkpoint checkpoint = Checkpoint.load(file);
        byte[] json = checkpoint.attachments().get(STATE);
        if (json == null || !checkpoint.attachments().keySet().containsAll(List.of(ADAM, WEIGHTS))) {
            throw new TrainingException("%s holds a model but no training state to resume".formatted(file));
        }
        State state = read(file, json);
        TrainingConfig config = epochs == null ? state.config() : state.config().withEpochs(epochs);
        clearLeftovers(directory);
        boolean stays = state.data() == null || !moved && Files.isDirectory(Path.of(state.data()));
        String folder = stays ? state.data() : absolute(data.apply(DataSource.named(config.dataset())));
        return new TrainingRun(directory, new State(config, folder, state.command(), state.progress()), checkpoint);
    }

    /** What a process that was killed while it wrote has left beside the checkpoints. */
    private static void clearLeftovers(Path directory) {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(directory, "{last,best}.ram.*.tmp")) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new TrainingException("%s cannot be tidied up: %s".formatted(directory, e), e);
        }
    }

    private static State read(Path file, byte[] json) {
        try {
            return JSON.readValue(json, State.class);
        } catch (JacksonException e) {
            throw new TrainingException(
                    "%s holds a training state that cannot be read: %s".formatted(file, e.getOriginalMessage()), e);
        }
    }

    private static String absolute(Path folder) {
        return folder == null ? null : folder.toAbsolutePath().normalize().toString();
    }

    TrainingConfig config() {
        return state.config();
    }

    Progress progress() {
        return state.progress();
    }

    /** Folder of the data set, or null. */
    Path data() {
        return state.data() == null ? null : Path.of(state.data());
    }

    /** Where the best checkpoint is written. */
    Path best() {
        return directory.resolve("best.ram");
    }

    private static Path last(Path directory) {
        return directory.resolve("last.ram");
    }

    /** Whether it stands at its beginning. */
    boolean isNew() {
        return last == null;
    }

    /** The weights that training goes on from. */
    Weights weights() {
        RamConfig network = config().model().network();
        return last == null
                ? Weights.initial(
                        network, RandomStream.WEIGHTS.at(config().seed()).nextLong())
                : FloatArrays.weights(network, last.attachments().get(WEIGHTS));
    }

    /** Puts the optimizer and the average of the weights where the run stands. */
    void restore(Learner learner) {
        if (last != null) {
            learner.adam().restore(last.attachments().get(ADAM));
            learner.average().restore(last.weights());
        }
    }

    /**
     * Writes an epoch: the best checkpoint if it is, then the metrics, then the last checkpoint. That one
     * comes at the end because a run goes on from it: whatever is ahead of it is then written once more.
     */
    void save(ModelSpec model, Learner learner, Progress progress, EpochReport report) {
        Provenance provenance = new Provenance(
                config().dataset(),
                state.command(),
                progress.epoch(),
                report.validation().errorPercent(),
                GitCommit.id());
        Checkpoint checkpoint = Checkpoint.of(
                "ram-" + config().dataset(), model, learner.average().weights(), provenance);
        try {
            if (progress.isBest()) {
                checkpoint.save(best());
            }
            append(report);
            State next = new State(config(), state.data(), state.command(), progress);
            checkpoint
                    .with(Map.of(
                            STATE,
                            JSON.writeValueAsBytes(next),
                            ADAM,
                            learner.adam().state(),
                            WEIGHTS,
                            FloatArrays.bytes(learner.weights().arrays().values())))
                    .save(last(directory));
        } catch (CheckpointException | TrainingException e) {
            throw new TrainingException(
                    "epoch %d could not be saved: %s; what was saved before is untouched, "
                                    .formatted(progress.epoch(), e.getMessage())
                            + "go on from it with --resume",
                    e);
        }
    }

    /** Rewrites the metrics up to this epoch: after a crash the file may be an epoch ahead of the state. */
    private void append(EpochReport report) {
        Path file = directory.resolve("metrics.csv");
        List<String> rows;
        try {
            rows = Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new TrainingException("%s cannot be read: %s".formatted(file, e), e);
        }
        Stream<String> before = rows.stream().skip(1).limit(report.epoch() - 1L);
        List<String> lines = Stream.of(Stream.of(EpochReport.HEADER), before, Stream.of(report.row()))
                .flatMap(part -> part)
                .toList();
        WholeFile.write(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
