package io.github.ram.model.image.digit;

/** How the images that a model was trained on are laid out. */
public enum InputLayout {
    /** As MNIST's: one light digit on black, 20 of 28 pixels long, its centre of mass in the middle. */
    CENTRED_DIGIT,

    /** In any other way. */
    OTHER;

    /**
     * The layout of a data set.
     *
     * @param dataset its name, or null if it is unknown, which counts as MNIST
     */
    public static InputLayout ofDataset(String dataset) {
        return dataset == null || dataset.equals("mnist") || dataset.equals("strokes") ? CENTRED_DIGIT : OTHER;
    }
}
