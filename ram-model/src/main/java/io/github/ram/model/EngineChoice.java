package io.github.ram.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The engine that runs a model. */
public enum EngineChoice {
    /** The engine on a GPU; without a GPU the fastest engine for the family, by measurement. */
    AUTO,
    /** Kernels of this project, with OpenBLAS for large batches: RAM on a CPU. */
    BLAS,
    /** SameDiff on a CPU, or on a GPU in a build with {@code -Pcuda}. */
    SAMEDIFF,
    /**
     * ONNX Runtime on a CPU, or on a GPU in a build with {@code -Pcuda12}, with the model's own ONNX graph, made in
     * memory.
     */
    ONNXRUNTIME;

    /** The names that {@link #named} accepts. */
    public static List<String> names() {
        return Arrays.stream(values()).map(EngineChoice::toString).toList();
    }

    /**
     * Returns the choice with a name.
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

    /**
     * The choice itself, or the first engine if the choice is {@link #AUTO}.
     *
     * @param engines those of a model, the fastest first
     * @throws IllegalArgumentException if the model has no such engine
     */
    public EngineChoice among(List<EngineChoice> engines) {
        if (this == AUTO) {
            return engines.get(0);
        }
        if (!engines.contains(this)) {
            String names = engines.stream().map(EngineChoice::toString).collect(Collectors.joining(", "));
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "the engine of this model must be one of auto, %s, got %s", names, this));
        }
        return this;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
