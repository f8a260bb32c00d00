package io.github.ram.training.run;

import io.github.ram.training.TrainingException;
import io.github.ram.training.loop.PartialEpoch;
import io.github.ram.training.loop.Progress;
import io.github.ram.training.loop.TrainingConfig;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The state that a run needs to resume, beside the weights and the optimizer's moments.
 *
 * @param config of the run
 * @param data folder of the data set, or null if the data set has no files
 * @param command that started the run
 * @param progress up to the last complete epoch
 * @param partial the steps of the next epoch
 */
public record RunState(TrainingConfig config, String data, String command, Progress progress, PartialEpoch partial) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public RunState {
        Objects.requireNonNull(config, "config");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(partial, "partial");
    }

    /** The state of a run that has not started. */
    static RunState start(TrainingConfig config, Path data, String command) {
        return new RunState(config, absolute(data), command, Progress.START, PartialEpoch.NONE);
    }

    /**
     * Reads a state.
     *
     * @param file that held the state, for the message
     * @throws TrainingException if the bytes are not a state
     */
    static RunState read(Path file, byte[] json) {
        try {
            return JSON.treeToValue(EarlierRunState.upgraded(JSON.readTree(json)), RunState.class);
        } catch (JacksonException e) {
            throw unreadable(file, e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw unreadable(file, e.getMessage(), e);
        }
    }

    private static TrainingException unreadable(Path file, String reason, Exception e) {
        return new TrainingException(
                String.format(Locale.ROOT, "%s holds a training state that cannot be read: %s", file, reason), e);
    }

    /** Returns the state in the form that {@link #read} reads. */
    byte[] toBytes() {
        return JSON.writeValueAsBytes(this);
    }

    /** Returns this state with another limit of epochs. */
    RunState withEpochs(int limit) {
        return new RunState(config.withEpochs(limit), data, command, progress, partial);
    }

    /** Returns this state with another folder of data. */
    RunState withData(Path folder) {
        return new RunState(config, absolute(folder), command, progress, partial);
    }

    /** Returns this state with the progress of now. */
    RunState at(Progress now, PartialEpoch begun) {
        return new RunState(config, data, command, now, begun);
    }

    private static String absolute(Path folder) {
        return folder == null ? null : folder.toAbsolutePath().normalize().toString();
    }
}
