package io.github.ram.training.data;

import io.github.ram.model.ImageShape;
import io.github.ram.model.ModelSpec;
import java.util.List;

/**
 * What a model has to know of a data set.
 *
 * @param shape of every image
 * @param labels what each class is called, in the order of the labels 0..K-1
 */
public record Contents(ImageShape shape, List<String> labels) {

    public Contents {
        labels = List.copyOf(labels);
    }

    /** The contents that a model expects. */
    public static Contents of(ModelSpec model) {
        return new Contents(model.image(), model.labels());
    }
}
