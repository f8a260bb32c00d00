package io.github.ram.training.data;

/**
 * Data that cannot be used: missing, damaged, or not what they should be.
 *
 * <p>The message is one line for the person at the command line: the file, what is wrong with it, and what to do next.
 */
public final class DataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DataException(String message) {
        super(message);
    }

    DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
