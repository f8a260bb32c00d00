package io.github.ram.model.ram.engine;

import io.github.ram.model.ModelSpec;
import io.github.ram.model.graph.Backend;
import io.github.ram.model.ram.RolloutGraph;
import io.github.ram.model.ram.Weights;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.autodiff.samediff.SameDiff;

/** Which engine is to run a model. */
public enum EngineChoice {
    /** The fastest for the backend: {@link #BLAS} on a CPU, {@link #SAMEDIFF} on a GPU. */
    AUTO,
    /** {@link BlasEngine}. */
    BLAS,
    /** {@link SameDiffEngine}. */
    SAMEDIFF;

    /** The names of all, as {@link #named} takes them. */
    public static List<String> names() {
        return Arrays.stream(values()).map(EngineChoice::toString).toList();
    }

    /**
     * The choice of a name: {@code auto}, {@code blas} or {@code samediff}.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    public static EngineChoice named(String name) {
        for (EngineChoice choice : values()) {
            if (choice.toString().equals(name)) {
                return choice;
            }
        }
        throw new IllegalArgumentException(
                "the engine must be one of %s, got %s".formatted(String.join(", ", names()), name));
    }

    /**
     * An engine that runs a model as it is now. Only one of the two is asked for.
     *
     * @param weights its weights by name, those of a layer [in, out], its bias [out], row-major
     * @param graph its {@link RolloutGraph}, with its weights
     */
    public RolloutEngine of(ModelSpec model, Supplier<Map<String, FloatBuffer>> weights, Supplier<SameDiff> graph) {
        return resolve() == BLAS
                ? BlasEngine.of(model, weights.get())
                : new SameDiffEngine(model.network(), graph.get());
    }

    /** An engine that follows weights which change in place between its runs, as those being trained do. */
    public RolloutEngine live(ModelSpec model, Weights weights) {
        Backend.initialise();
        return resolve() == BLAS
                ? BlasEngine.live(model, weights)
                : new SameDiffEngine(
                        model.network(),
                        RolloutGraph.build(weights, model.input().padding()));
    }

    /** The choice itself, or what it comes to on this machine if it is {@link #AUTO}. */
    public EngineChoice resolve() {
        if (this != AUTO) {
            return this;
        }
        return Backend.name().equals("cpu") ? BLAS : SAMEDIFF;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
