package io.github.ram.model;

import java.util.Objects;
import java.util.Set;

/**
 * Trainable parameters with the same optimizer settings.
 *
 * @param name name of the group; the log shows the group's gradient norm under this name
 * @param parameters names of the group's parameters
 * @param rate factor of the learning rate, in (0, 100]
 * @param decayed whether weight decay applies
 */
public record ParameterGroup(String name, Set<String> parameters, double rate, boolean decayed) {

    public ParameterGroup {
        Objects.requireNonNull(name, "name");
        parameters = Set.copyOf(parameters);
        Check.inRange("rate of " + name, Double.MIN_VALUE, 100, rate);
    }
}
