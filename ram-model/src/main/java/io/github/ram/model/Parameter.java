package io.github.ram.model;

import java.util.List;
import java.util.Objects;

/**
 * An array of a model: its name, its shape and whether training changes it by gradients.
 *
 * @param name such as {@code locator.fc.weight}; the same in graphs, checkpoints and exported archives
 * @param shape sizes of the axes, each at least 1
 * @param trainable false for a statistic that training measures, such as a running mean
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

    /** A parameter that gradients change. */
    public static Parameter trained(String name, Integer... shape) {
        return new Parameter(name, List.of(shape), true);
    }

    /** A statistic that training measures. */
    public static Parameter statistic(String name, Integer... shape) {
        return new Parameter(name, List.of(shape), false);
    }

    /** Number of values. */
    public int size() {
        return shape.stream().reduce(1, (a, b) -> a * b);
    }

    /** The shape as ND4J takes it. */
    public long[] dimensions() {
        return shape.stream().mapToLong(Integer::longValue).toArray();
    }
}
