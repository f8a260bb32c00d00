package io.github.ram.model.checkpoint;

/** A checkpoint cannot be read or written. The message is one line: which file, what is wrong, what to do. */
public final class CheckpointException extends RuntimeException {

    private static final long serialVersionUID = 1;

    CheckpointException(String message) {
        super(message);
    }

    CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
