package io.github.ram.training;

/** Something that the user can mend went wrong. The message is one line: what, and what to do. */
final class TrainingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    TrainingException(String message) {
        super(message);
    }

    TrainingException(String message, Throwable cause) {
        super(message, cause);
    }
}
