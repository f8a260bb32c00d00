package io.github.ram.model.graph;

import java.util.Locale;
import java.util.Optional;

/** Describes why a native library cannot be loaded. Libraries are unpacked to a folder before they are loaded. */
public final class NativeLibraries {

    /** What glibc says of a library that another one needs and the system does not have. */
    private static final String MISSING = "cannot open shared object file";

    private NativeLibraries() {}

    /** Returns the reason and the remedy in one line, or nothing if the failure has another cause. */
    public static Optional<String> describe(Throwable failure) {
        boolean linkage = false;
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            linkage |= cause instanceof UnsatisfiedLinkError || cause instanceof ExceptionInInitializerError;
            root = cause;
        }
        if (!linkage) {
            return Optional.empty();
        }
        String reason = root.toString().lines().findFirst().orElse("");
        String remedy = reason.contains(MISSING)
                ? "install the library that it needs"
                : "let -Djava.io.tmpdir=DIR and -Dorg.bytedeco.javacpp.cachedir=DIR name a folder that can be written";
        return Optional.of(String.format(Locale.ROOT, "a native library cannot be loaded: %s; %s", reason, remedy));
    }
}
