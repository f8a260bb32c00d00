package io.github.ram.training.cli;

import io.github.ram.model.ram.GlimpseConfig;
import picocli.CommandLine.Option;

/** How a model looks. */
final class GlimpseOptions {

    @Option(
            names = "--glimpses",
            paramLabel = "N",
            defaultValue = "6",
            description = "Glimpses an image, T. Default: 6.")
    private int glimpses;

    @Option(
            names = "--patch-size",
            paramLabel = "N",
            defaultValue = "8",
            description = "Side of a patch, g. Default: 8.")
    private int patchSize;

    @Option(names = "--scales", paramLabel = "N", defaultValue = "1", description = "Patches a glimpse, K. Default: 1.")
    private int scales;

    @Option(
            names = "--scale-factor",
            paramLabel = "N",
            defaultValue = "2",
            description = "From one scale to the next, s. Default: 2.")
    private int scaleFactor;

    /**
     * What the options say.
     *
     * @throws IllegalArgumentException naming the option that is out of range
     */
    GlimpseConfig config() {
        return new GlimpseConfig(glimpses, patchSize, scales, scaleFactor);
    }
}
