package io.github.ram.model;

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

    /** The sizes of the paper: 128, 128, 256, 256, and 128 for the location network. */
    public static final HiddenSizes PAPER = new HiddenSizes(128, 128, 256, 256, 128);

    private static final int MAX = 16_384;

    public HiddenSizes {
        Check.inRange("hidden.patch", 1, MAX, patch);
        Check.inRange("hidden.location", 1, MAX, location);
        Check.inRange("hidden.glimpse", 1, MAX, glimpse);
        Check.inRange("hidden.core", 1, MAX, core);
        Check.inRange("hidden.locator", 1, MAX, locator);
    }
}
