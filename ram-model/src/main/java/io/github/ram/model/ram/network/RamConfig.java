package io.github.ram.model.ram.network;

import io.github.ram.model.Check;
import io.github.ram.model.ImageShape;
import java.util.Objects;

/**
 * The architecture of a Recurrent Attention Model, which determines the shapes of the weights and the meaning of
 * locations.
 *
 * @param image shape of the input images
 * @param glimpse number and shape of the glimpses
 * @param core kind of the core network; null, as in files of the first release, means {@link Core#RELU}
 * @param hidden units of the hidden layers
 * @param std σ of the policy, in units of the location (the image is 2 wide and high), in (0, 2]
 * @param classes number of classes, in [2, 100000]
 */
public record RamConfig(
        ImageShape image, GlimpseConfig glimpse, Core core, HiddenSizes hidden, double std, int classes) {

    /** A kind of core network. */
    public enum Core {
        /** The paper's core: the relu of the sum of two layers. */
        RELU,
        /** Long short-term memory, which has four times as many weights. */
        LSTM
    }

    public RamConfig {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(glimpse, "glimpse");
        Objects.requireNonNull(hidden, "hidden");
        core = core == null ? Core.RELU : core;
        Check.positive("std", std);
        Check.inRange("std", 0, 2, std);
        Check.inRange("classes", 2, 100_000, classes);
        Check.fitsArray(
                "scales · patchSize² · channels · hidden.patch",
                (long) glimpse.size(image.channels()) * hidden.patch());
    }

    /** T, the glimpses per rollout. */
    public int steps() {
        return glimpse.count();
    }

    /** P = K·g·g·C, the values of one glimpse. */
    public int glimpseSize() {
        return glimpse.size(image.channels());
    }
}
