package io.github.ram.model.resnet.network;

import io.github.ram.model.Check;
import io.github.ram.model.ImageShape;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The architecture of a residual network for image classes.
 *
 * @param image the images that it reads
 * @param trunk its size
 * @param attention of each block
 * @param addition a non-local block or its control, if any
 * @param classes at least 2
 */
public record ResNetConfig(
        ImageShape image, Trunk trunk, Attention attention, Optional<Addition> addition, int classes) {

    /** The largest number of values an image that the affinities of a non-local block may take. */
    private static final long MOST_PAIRS = 1L << 26;

    public ResNetConfig {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(trunk, "trunk");
        Objects.requireNonNull(attention, "attention");
        Objects.requireNonNull(addition, "addition");
        Check.inRange("classes", 2, 65_536, classes);
        if (addition.isPresent()) {
            Check.inRange("stage", 1, trunk.stages(), addition.get().stage());
            if (addition.get().nonLocal().isPresent()) {
                requireFit(image, trunk, addition.get());
            }
        }
    }

    private static void requireFit(ImageShape image, Trunk trunk, Addition addition) {
        int halvings = addition.stage() - 1 + (trunk.stem() == Stem.LARGE ? 2 : 0);
        int height = halved(image.height(), halvings);
        int width = halved(image.width(), halvings);
        NonLocal block = addition.nonLocal().orElseThrow();
        if (block.subSampled() && Math.min(height, width) < 2) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "a sub-sampled non-local block needs at least 2×2 positions; an image of %s has %d×%d after stage %d: choose"
                            + " larger images or an earlier stage",
                    image,
                    height,
                    width,
                    addition.stage()));
        }
        long pairs = (long) height * width * height * width;
        if (block.affinity() == NonLocal.Affinity.POSITIONS && pairs > MOST_PAIRS) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "a non-local block takes at most %d pairs of positions; an image of %s has %d after stage %d: choose smaller"
                            + " images or a later stage",
                    MOST_PAIRS,
                    image,
                    pairs,
                    addition.stage()));
        }
    }

    private static int halved(int size, int times) {
        int halved = size;
        for (int i = 0; i < times; i++) {
            halved = (halved + 1) / 2;
        }
        return halved;
    }
}
