package io.github.ram.training.npz;

import io.github.ram.model.Parameter;
import java.util.Locale;

/** How another framework names a model's arrays and orders the axes of dense weights. */
public enum ArrayLayout {
    /** Dense weights are [out, in]; statistics are {@code .running_mean} and {@code .running_var}. */
    PYTORCH(true),
    /** Dense weights are [in, out]; statistics are {@code ._mean} and {@code ._variance}. */
    PADDLE(false);

    private final boolean outputsFirst;

    ArrayLayout(boolean outputsFirst) {
        this.outputsFirst = outputsFirst;
    }

    /** Whether dense weights are [out, in]; otherwise they are [in, out]. */
    boolean outputsFirst() {
        return outputsFirst;
    }

    /** The name of a parameter's array. */
    String name(Parameter parameter) {
        return this == PYTORCH
                ? parameter.name()
                : parameter
                        .name()
                        .replaceFirst("\\.running_mean$", "._mean")
                        .replaceFirst("\\.running_var$", "._variance");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
