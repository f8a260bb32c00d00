package io.github.ram.model.ram.network;

import io.github.ram.model.Check;

/**
 * Units of the hidden layers.
 *
 * @param patch the glimpse network's layer on the patches ("what")
 * @param location the glimpse network's layer on the location ("where")
 * @param glimpse the glimpse network's output
 * @param core the core network's state h
 * @param locator the location network's hidden layer
 */
public record HiddenSizes(int patch, int location, int glimpse, int core, int locator) {

    private static final int MAX = 16_384;

    /** The sizes of the paper: 128, 128, 256, 256, and 128 for the location network. */
    public static final HiddenSizes PAPER = ofCore(256);

    public HiddenSizes {
        Check.inRange("hidden.patch", 1, MAX, patch);
        Check.inRange("hidden.location", 1, MAX, location);
        Check.inRange("hidden.glimpse", 1, MAX, glimpse);
        Check.inRange("hidden.core", 1, MAX, core);
        Check.inRange("hidden.locator", 1, MAX, locator);
    }

    /**
     * Sizes in the paper's proportions.
     *
     * @param units size of the core network's state and of the glimpse network's output, even, in [2, 16384]; the
     *     other layers have half the size
     * @throws IllegalArgumentException if {@code units} is odd or out of range
     */
    public static HiddenSizes ofCore(int units) {
        Check.inRange("hidden", 2, MAX, units);
        if (units % 2 != 0) {
            throw new IllegalArgumentException("hidden must be even, got " + units);
        }
        return new HiddenSizes(units / 2, units / 2, units, units, units / 2);
    }
}
