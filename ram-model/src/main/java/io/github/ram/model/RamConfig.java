package io.github.ram.model;

import java.util.Objects;

/**
 * The architecture of a Recurrent Attention Model: everything that fixes the shapes of its weights and
 * the meaning of its locations.
 *
 * @param image shape of the images it reads
 * @param glimpse how it looks
 * @param hidden units of its hidden layers
 * @param std σ of the policy, in units of the location (the image is 2 wide and high), in (0, 2]
 * @param classes classes it tells apart, at least 2
 */
public record RamConfig(ImageShape image, GlimpseConfig glimpse, HiddenSizes hidden, double std, int classes) {

    public RamConfig {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(glimpse, "glimpse");
        Objects.requireNonNull(hidden, "hidden");
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
