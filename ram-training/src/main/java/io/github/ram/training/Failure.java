package io.github.ram.training;

import io.github.ram.model.checkpoint.CheckpointException;
import io.github.ram.training.data.DataException;

/** How a failure is told to the user. */
final class Failure {

    private Failure() {}

    /** One line. Failures that the program foresaw explain themselves; of others the kind is named too. */
    static String describe(Exception exception) {
        boolean foreseen = exception instanceof TrainingException
                || exception instanceof CheckpointException
                || exception instanceof DataException
                || exception instanceof IllegalArgumentException;
        String message = foreseen && exception.getMessage() != null ? exception.getMessage() : exception.toString();
        return message.lines().findFirst().orElse("");
    }
}
