package io.github.ram.training.data;

/**
 * Data that cannot be used: missing, damaged, or not what they should be.
 *
 * <p>The message is one line for the person at the command line: the file, what is wrong with it, and what to do next.
 */
public final class DataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Makes an exception with a message of one line: what is wrong, and what to do. */
    public DataException(String message) {
        super(message);
    }

    /** Makes an exception with a message of one line and the failure that caused it. */
    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
