package io.github.ram.model.ram;

import io.github.ram.model.Check;
import io.github.ram.model.ImageShape;
import java.util.Objects;

/**
 * The architecture of a Recurrent Attention Model: everything that fixes the shapes of its weights and
 * the meaning of its locations.
 *
 * @param image shape of the images it reads
 * @param glimpse how it looks
 * @param core the kind of its core network; null, as in files that were written when there was but one,
 *     stands for {@link Core#RELU}
 * @param hidden units of its hidden layers
 * @param std σ of the policy, in units of the location (the image is 2 wide and high), in (0, 2]
 * @param classes classes it tells apart, at least 2
 */
public record RamConfig(
        ImageShape image, GlimpseConfig glimpse, Core core, HiddenSizes hidden, double std, int classes) {

    /** A kind of core network. */
    public enum Core {
        /** The paper's: the relu of a sum of two layers. */
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

    /** T, the glimpses a rollout takes. */
    public int steps() {
        return glimpse.count();
    }

    /** P = K·g·g·C, the values of one glimpse. */
    public int glimpseSize() {
        return glimpse.size(image.channels());
    }
}
