package io.github.ram.model.graph;

/** A GPU is required and cannot be used. The message is one line that says why. */
public final class NoGpuException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NoGpuException(String message) {
        super(message);
    }
}
