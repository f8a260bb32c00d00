package io.github.ram.model.graph;

import java.util.Locale;
import java.util.Optional;

/** Describes why a native library cannot be loaded. Libraries are unpacked to a folder before they are loaded. */
public final class NativeLibraries {

    private NativeLibraries() {}

    /** Returns the reason and the remedy in one line, or nothing if the failure has another cause. */
    public static Optional<String> describe(Throwable failure) {
        boolean linkage = false;
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            linkage |= cause instanceof UnsatisfiedLinkError || cause instanceof ExceptionInInitializerError;
            root = cause;
        }
        return linkage
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "a native library cannot be loaded: %s; let -Djava.io.tmpdir=DIR and"
                                + " -Dorg.bytedeco.javacpp.cachedir=DIR name a folder that can be written",
                        root.toString().lines().findFirst().orElse("")))
                : Optional.empty();
    }
}
