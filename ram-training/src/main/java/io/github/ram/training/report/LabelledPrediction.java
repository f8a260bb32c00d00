package io.github.ram.training.report;

import io.github.ram.model.Box;
import java.util.List;

/**
 * The prediction of a model for one labelled image.
 *
 * @param image index of the image
 * @param label class of the image
 * @param named the predicted class
 * @param confidence probability of the predicted class
 * @param boxes the finest patch of each glimpse, in pixels of the image; none for a model without glimpses
 */
public record LabelledPrediction(int image, int label, int named, float confidence, List<Box> boxes) {

    public LabelledPrediction {
        boxes = List.copyOf(boxes);
    }

    /** Whether the predicted class is the label. */
    public boolean isRight() {
        return label == named;
    }
}
