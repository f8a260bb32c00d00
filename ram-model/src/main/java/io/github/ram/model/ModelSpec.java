package io.github.ram.model;

import io.github.ram.model.ram.Location;
import io.github.ram.model.ram.RamConfig;
import io.github.ram.model.ram.StartLocation;
import java.util.List;
import java.util.Objects;

/**
 * What must be known of a model, beside its weights, to use it.
 *
 * @param network its architecture
 * @param input how pixels become its input
 * @param start where it looks first
 * @param labels the names of its classes, one each
 */
public record ModelSpec(RamConfig network, Normalisation input, StartLocation start, List<String> labels) {

    public ModelSpec {
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(labels, "labels").forEach(label -> Objects.requireNonNull(label, "a label"));
        labels = List.copyOf(labels);
        if (labels.size() != network.classes()) {
            throw new IllegalArgumentException(
                    "labels must name %d classes, got %d".formatted(network.classes(), labels.size()));
        }
    }

    /** The same model with its first glimpse elsewhere; how its start comes about stays as it is. */
    public ModelSpec startingAt(Location location) {
        return new ModelSpec(network, input, new StartLocation(start.kind(), location), labels);
    }
}
