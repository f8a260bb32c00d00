package io.github.ram.model;

import java.util.Objects;
import java.util.Set;

/**
 * Trainable parameters that the optimizer treats alike.
 *
 * @param name under which the length of the group's gradient is logged
 * @param parameters names of the group's parameters
 * @param rate multiple of the learning rate, in (0, 100]
 * @param decayed whether weight decay applies
 */
public record ParameterGroup(String name, Set<String> parameters, double rate, boolean decayed) {

    public ParameterGroup {
        Objects.requireNonNull(name, "name");
        parameters = Set.copyOf(parameters);
        Check.inRange("rate of " + name, Double.MIN_VALUE, 100, rate);
    }
}
