package io.github.ram.model;

import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * The name, the shape and the kind of one array of a model.
 *
 * @param name name such as {@code locator.fc.weight}; graphs, checkpoints and exported archives use the same name
 * @param shape sizes of the axes, each at least 1
 * @param trainable true if gradients change the array; false for a statistic, such as a running mean
 */
public record Parameter(String name, List<Integer> shape, boolean trainable) {

    public Parameter {
        Objects.requireNonNull(name, "name");
        shape = List.copyOf(shape);
        long size = 1;
        for (int axis : shape) {
            Check.inRange(name, 1, Integer.MAX_VALUE, axis);
            size = Math.multiplyExact(size, (long) axis);
            Check.fitsArray(name, size);
        }
    }

    /** Returns a parameter that gradients change. */
    public static Parameter trained(String name, Integer... shape) {
        return new Parameter(name, List.of(shape), true);
    }

    /** Returns a statistic, which training measures. */
    public static Parameter statistic(String name, Integer... shape) {
        return new Parameter(name, List.of(shape), false);
    }

    /** Number of values of all parameters that gradients change, or of all statistics. */
    public static long count(Collection<Parameter> parameters, boolean trainable) {
        return parameters.stream()
                .filter(parameter -> parameter.trainable() == trainable)
                .mapToLong(Parameter::size)
                .sum();
    }

    /** Number of values. */
    public int size() {
        return shape.stream().reduce(1, (a, b) -> a * b);
    }

    /** The shape in ND4J's form. */
    public long[] dimensions() {
        return shape.stream().mapToLong(Integer::longValue).toArray();
    }
}
