package io.github.ram.training.cli.option;

import io.github.ram.model.checkpoint.CheckpointException;
import io.github.ram.training.TrainingException;
import io.github.ram.training.data.DataException;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Describes failures to the user. */
public final class Failure {

    private Failure() {}

    /** Describes a failure in one line. Names the exception's class if the program did not foresee the failure. */
    public static String describe(Exception exception) {
        boolean foreseen = exception instanceof TrainingException
                || exception instanceof CheckpointException
                || exception instanceof DataException
                || exception instanceof ParameterException
                || exception instanceof IllegalArgumentException;
        String message = foreseen && exception.getMessage() != null ? exception.getMessage() : exception.toString();
        return message.lines().findFirst().orElse("");
    }

    /**
     * Makes a value from options.
     *
     * @throws ParameterException if an option's value is rejected
     */
    public static <T> T asUsage(CommandSpec command, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException | DataException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }
}
