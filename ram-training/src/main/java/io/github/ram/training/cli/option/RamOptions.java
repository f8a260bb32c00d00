package io.github.ram.training.cli.option;

import io.github.ram.model.ImageShape;
import io.github.ram.model.Normalisation;
import io.github.ram.model.ram.LocationSource;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.StartLocation;
import io.github.ram.model.ram.network.HiddenSizes;
import io.github.ram.model.ram.network.Location;
import io.github.ram.model.ram.network.RamConfig;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a Recurrent Attention Model. */
final class RamOptions {

    @Mixin
    private GlimpseOptions glimpses;

    @Option(
            names = "--core",
            paramLabel = "KIND",
            defaultValue = "relu",
            description = "Core network: relu (the paper's) or lstm. Default: relu.")
    private RamConfig.Core core;

    @Option(
            names = "--hidden",
            paramLabel = "N",
            defaultValue = "256",
            description = "Units of the core network and of the glimpse network's output; the other hidden layers have"
                    + " half as many. Default: 256, the paper's.")
    private int hidden;

    @Option(
            names = "--std",
            paramLabel = "F",
            defaultValue = "0.1",
            description = "Standard deviation of the policy, where the image has width 2. Default: 0.1.")
    private double std;

    @Option(
            names = "--start",
            paramLabel = "X,Y|learned|chosen",
            defaultValue = "chosen",
            description = "First location: X,Y, each in [-1, 1]; learned by the policy; or chosen on the validation"
                    + " images, after training from random starts. Default: chosen.")
    private String start;

    @Option(
            names = "--locations",
            paramLabel = "KIND",
            defaultValue = "policy",
            description = "Source of the locations: policy, or random as a control for what the policy"
                    + " contributes. Default: policy.")
    private LocationSource locations;

    /**
     * Returns the model that the options describe.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    RamSpec model(ImageShape image, Normalisation input, List<String> labels) {
        RamConfig network =
                new RamConfig(image, glimpses.config(), core, HiddenSizes.ofCore(hidden), std, labels.size());
        return new RamSpec(network, input, start(), labels, locations);
    }

    private StartLocation start() {
        return switch (start.toLowerCase(Locale.ROOT)) {
            case "learned" -> new StartLocation(StartLocation.Kind.LEARNED, Location.CENTRE);
            case "chosen" -> new StartLocation(StartLocation.Kind.CHOSEN, Location.CENTRE);
            default -> StartLocation.fixed(Locations.parse("--start", start));
        };
    }
}
