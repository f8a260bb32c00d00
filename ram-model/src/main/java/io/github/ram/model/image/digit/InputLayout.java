package io.github.ram.model.image.digit;

/** How the images that a model was trained on are laid out. */
public enum InputLayout {
    /** As MNIST's: one light digit on black, 20 of 28 pixels long, its centre of mass in the middle. */
    CENTRED_DIGIT,

    /** Dark around marks that are not centred, such as digits anywhere or clothing. */
    OTHER,

    /** Pictures that fill the image, such as photographs: there is no ink to find. */
    PICTURE;

    /**
     * The layout of a model's images.
     *
     * @param channels of the model's images; those with colours are pictures
     * @param dataset name of the data set, or null if it is unknown, which counts as MNIST
     */
    public static InputLayout of(int channels, String dataset) {
        if (channels > 1 || "folder".equals(dataset)) {
            return PICTURE;
        }
        return dataset == null || dataset.equals("mnist") || dataset.equals("strokes") ? CENTRED_DIGIT : OTHER;
    }
}
