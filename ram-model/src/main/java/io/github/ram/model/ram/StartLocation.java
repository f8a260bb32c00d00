package io.github.ram.model.ram;

import java.util.Objects;

/**
 * Where a rollout's first glimpse is taken. It belongs to the model: weights do badly from a start they
 * were not trained with.
 *
 * @param kind how it came about
 * @param location where it is; for a learned one, what the location network gives for the zero state
 */
public record StartLocation(Kind kind, Location location) {

    /** How a start location came about. */
    public enum Kind {
        /** Chosen before training. */
        FIXED,
        /** Learned by the policy. */
        LEARNED,
        /** Trained from starts all over the image, then chosen on the validation images. */
        CHOSEN
    }

    public StartLocation {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(location, "location");
    }

    /** A start chosen before training. */
    public static StartLocation fixed(Location location) {
        return new StartLocation(Kind.FIXED, location);
    }
}
