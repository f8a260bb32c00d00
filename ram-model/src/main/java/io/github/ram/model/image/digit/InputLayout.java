package io.github.ram.model.image.digit;

import io.github.ram.model.checkpoint.Manifest;
import java.util.List;
import java.util.Set;

/** How the images that a model was trained on are laid out. */
public enum InputLayout {
    /** As MNIST's: one light digit on black, 20 of 28 pixels long, its centre of mass in the middle. */
    CENTRED_DIGIT,

    /** Light digits on black that are not centred, such as digits anywhere. */
    OTHER,

    /** Pictures that fill the image, such as photographs: the model has no ink to find. */
    PICTURE;

    /** Names of the data sets of centred digits. */
    private static final Set<String> CENTRED = Set.of("mnist", "digits", "strokes");

    /** Returns the layout of the images of a checkpoint's model. */
    public static InputLayout of(Manifest manifest) {
        return of(
                manifest.model().image().channels(),
                manifest.model().labels(),
                manifest.provenance().dataset());
    }

    /**
     * Returns the layout of a model's images. Images of one channel whose classes are numbers are digits; pictures in
     * folders are not, since training takes them as they are.
     *
     * @param channels number of channels of the model's images
     * @param labels names of the classes
     * @param dataset name of the data set, or null if the data set is unknown, which counts as MNIST
     */
    static InputLayout of(int channels, List<String> labels, String dataset) {
        boolean digits = channels == 1
                && labels.stream().allMatch(label -> label.matches("[0-9]+"))
                && !"folder".equals(dataset);
        if (!digits) {
            return PICTURE;
        }
        return dataset == null || CENTRED.contains(dataset) ? CENTRED_DIGIT : OTHER;
    }
}
