package io.github.ram.training.cli.option;

import io.github.ram.model.ram.network.GlimpseConfig;
import picocli.CommandLine.Option;

/** The options of the glimpse sensor. */
public final class GlimpseOptions {

    @Option(
            names = "--glimpses",
            paramLabel = "N",
            defaultValue = "6",
            description = "Glimpses per image, T. Default: 6.")
    private int glimpses;

    @Option(
            names = "--patch-size",
            paramLabel = "N",
            defaultValue = "8",
            description = "Side of a patch, g. Default: 8.")
    private int patchSize;

    @Option(
            names = "--scales",
            paramLabel = "N",
            defaultValue = "1",
            description = "Patches per glimpse, K. Default: 1.")
    private int scales;

    @Option(
            names = "--scale-factor",
            paramLabel = "N",
            defaultValue = "2",
            description = "Factor from one scale to the next, s. Default: 2.")
    private int scaleFactor;

    /**
     * Returns the configuration that the options describe.
     *
     * @throws IllegalArgumentException if an option is out of range; the message names it
     */
    public GlimpseConfig config() {
        return new GlimpseConfig(glimpses, patchSize, scales, scaleFactor);
    }
}
