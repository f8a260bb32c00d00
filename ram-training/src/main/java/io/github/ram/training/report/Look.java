package io.github.ram.training.report;

import io.github.ram.model.Box;
import java.util.List;

/**
 * The answer of a model to one labelled image.
 *
 * @param image its index
 * @param label its class
 * @param named the class that the model named
 * @param confidence that class's probability
 * @param boxes the finest patch of each glimpse, in pixels of the image; none for a model without glimpses
 */
public record Look(int image, int label, int named, float confidence, List<Box> boxes) {

    public Look {
        boxes = List.copyOf(boxes);
    }

    /** Whether the model named the right class. */
    public boolean isRight() {
        return label == named;
    }
}
