package io.github.ram.model.graph;

/** Thrown if a GPU is required but not usable. The message gives the reason in one line. */
public final class NoGpuException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NoGpuException(String message) {
        super(message);
    }
}
