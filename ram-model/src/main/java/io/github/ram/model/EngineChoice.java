package io.github.ram.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Which engine computes. */
public enum EngineChoice {
    /** The engine that was measured to be the fastest for the family on this machine's backend. */
    AUTO,
    /** Kernels of this project, with OpenBLAS for large batches: RAM on a CPU. */
    BLAS,
    /** SameDiff on ND4J's backend, CPU or GPU. */
    SAMEDIFF;

    /** The names of all choices, as {@link #named} takes them. */
    public static List<String> names() {
        return Arrays.stream(values()).map(EngineChoice::toString).toList();
    }

    /**
     * The choice of a name.
     *
     * @throws IllegalArgumentException if the name is unknown
     */
    public static EngineChoice named(String name) {
        for (EngineChoice choice : values()) {
            if (choice.toString().equals(name)) {
                return choice;
            }
        }
        throw new IllegalArgumentException(
                String.format(Locale.ROOT, "the engine must be one of %s, got %s", String.join(", ", names()), name));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
