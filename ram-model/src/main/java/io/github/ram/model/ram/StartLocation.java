package io.github.ram.model.ram;

import io.github.ram.model.ram.network.Location;
import java.util.Objects;

/**
 * The location of a rollout's first glimpse. The start belongs to the model, because the test error rises with a
 * start that differs from training.
 *
 * @param kind origin of the start
 * @param location the location; for a learned start, the location network's output for the zero state
 */
public record StartLocation(Kind kind, Location location) {

    /** The origin of a start location. */
    public enum Kind {
        /** Chosen before training. */
        FIXED,
        /** Learned by the policy. */
        LEARNED,
        /** Chosen on the validation images, after training with starts in the whole image. */
        CHOSEN
    }

    public StartLocation {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(location, "location");
    }

    /** Returns a start that is chosen before training. */
    public static StartLocation fixed(Location location) {
        return new StartLocation(Kind.FIXED, location);
    }
}
