package io.github.ram.service.oip;

import io.github.ram.model.ImageShape;
import io.github.ram.model.Normalisation;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.StartLocation;
import io.github.ram.model.ram.network.GlimpseConfig;
import io.github.ram.model.ram.network.HiddenSizes;
import io.github.ram.model.ram.network.Location;
import io.github.ram.model.ram.network.RamConfig;
import java.util.List;

/** Models whose tensors fit on a line: pixels p / 255 become 2·p / 255 − 1. */
public final class SmallModel {

    /** Images of 2×3 pixels, two glimpses, three classes. */
    public static final RamSpec GREY = model(new ImageShape(2, 3, 1));

    /** Images of 1×2 pixels of three channels. */
    public static final RamSpec COLOUR = model(new ImageShape(1, 2, 3));

    private SmallModel() {}

    private static RamSpec model(ImageShape image) {
        return RamSpec.of(
                new RamConfig(
                        image,
                        new GlimpseConfig(2, 2, 1, 1),
                        RamConfig.Core.RELU,
                        new HiddenSizes(4, 4, 4, 4, 4),
                        0.2,
                        3),
                Normalisation.background(0.5, 0.5),
                StartLocation.fixed(Location.CENTRE),
                List.of("zero", "one", "two"));
    }
}
