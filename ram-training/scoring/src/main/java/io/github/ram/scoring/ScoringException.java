package io.github.ram.scoring;

/** The scoring cannot be done. The message is one line for the user: what was wrong and what to do. */
public final class ScoringException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ScoringException(String message) {
        super(message);
    }

    ScoringException(String message, Throwable cause) {
        super(message, cause);
    }
}
