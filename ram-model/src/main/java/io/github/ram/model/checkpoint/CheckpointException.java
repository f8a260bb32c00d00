package io.github.ram.model.checkpoint;

/**
 * Thrown if a checkpoint cannot be read or written. The message names the file, the fault and the remedy in one line.
 */
public final class CheckpointException extends RuntimeException {

    private static final long serialVersionUID = 1;

    CheckpointException(String message) {
        super(message);
    }

    CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
