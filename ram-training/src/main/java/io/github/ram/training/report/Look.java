package io.github.ram.training.report;

import io.github.ram.model.Box;
import io.github.ram.model.ImageShape;
import io.github.ram.model.ram.GlimpseConfig;
import io.github.ram.model.ram.Location;
import io.github.ram.model.ram.RamConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model made of one image.
 *
 * @param image its index
 * @param label its class
 * @param named the class that the model named
 * @param confidence that class's probability
 * @param locations looked at, x and y in turn
 */
public record Look(int image, int label, int named, float confidence, List<Float> locations) {

    public Look {
        locations = List.copyOf(locations);
    }

    /** Whether the model named the right class. */
    public boolean isRight() {
        return label == named;
    }

    /** The finest patches of the glimpses. */
    List<Box> boxes(RamConfig network) {
        ImageShape shape = network.image();
        GlimpseConfig glimpse = network.glimpse();
        int side = glimpse.patchSize();
        List<Box> boxes = new ArrayList<>();
        for (int i = 0; i < locations.size(); i += 2) {
            int left = Location.firstPixel(locations.get(i), shape.width(), side);
            int top = Location.firstPixel(locations.get(i + 1), shape.height(), side);
            boxes.add(new Box(left, top, side, side));
        }
        return boxes;
    }
}
