package io.github.ram.training.data;

import io.github.ram.model.ImageShape;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.checkpoint.Manifest;
import io.github.ram.model.image.digit.InputLayout;
import java.util.List;

/**
 * What a model has to know of a data set.
 *
 * @param shape of every image
 * @param labels what each class is called, in the order of the labels 0..K-1
 * @param layout how pictures are made into such images
 */
public record Contents(ImageShape shape, List<String> labels, InputLayout layout) {

    public Contents {
        labels = List.copyOf(labels);
    }

    /** Contents whose pictures fill the image. */
    public Contents(ImageShape shape, List<String> labels) {
        this(shape, labels, InputLayout.PICTURE);
    }

    /** The contents that a model in training expects. */
    public static Contents of(ModelSpec model) {
        return new Contents(model.image(), model.labels());
    }

    /** The contents that the model of a checkpoint expects: it reads pictures as {@code predict} and the service do. */
    public static Contents of(Manifest manifest) {
        return new Contents(manifest.model().image(), manifest.model().labels(), InputLayout.of(manifest));
    }
}
