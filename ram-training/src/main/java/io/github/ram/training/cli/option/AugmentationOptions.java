package io.github.ram.training.cli.option;

import io.github.ram.training.augmentation.Augmentation;
import picocli.CommandLine.Option;

/** The options of the random changes of training images. */
public final class AugmentationOptions {

    @Option(
            names = "--shift",
            paramLabel = "F",
            defaultValue = "0",
            description = "Largest random shift of a training image along each axis, in pixels. Default: 0.")
    private double shift;

    @Option(
            names = "--rotation",
            paramLabel = "F",
            defaultValue = "0",
            description = "Largest random rotation either way, in degrees. Default: 0.")
    private double rotation;

    @Option(
            names = "--stretch",
            paramLabel = "F",
            defaultValue = "0",
            description = "Largest random change of the length of each axis, as a share. Default: 0.")
    private double stretch;

    @Option(
            names = "--shear",
            paramLabel = "F",
            defaultValue = "0",
            description = "Largest random shear, in pixels per row. Default: 0.")
    private double shear;

    @Option(
            names = "--warp",
            paramLabel = "F",
            defaultValue = "0",
            description =
                    "Largest random shift of each knot of a smooth mesh along each axis, in pixels. The knots are a"
                            + " quarter of the image apart. Default: 0.")
    private double warp;

    @Option(
            names = "--crop-padding",
            paramLabel = "N",
            defaultValue = "0",
            description = "Black pixels that are put around a training image before a piece of the image's size is cut"
                    + " at random. Default: 0.")
    private int cropPadding;

    @Option(names = "--flip", description = "Mirror training images left and right with probability 1/2.")
    private boolean flip;

    @Option(
            names = "--brightness",
            paramLabel = "F",
            defaultValue = "0",
            description = "Largest random change of a training image's brightness, as a share, with probability 1/2."
                    + " Default: 0.")
    private double brightness;

    @Option(
            names = "--contrast",
            paramLabel = "F",
            defaultValue = "0",
            description = "Largest random change of a training image's contrast, as a share, with probability 1/2."
                    + " Default: 0.")
    private double contrast;

    /**
     * Returns the ranges that the options describe.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public Augmentation config() {
        return new Augmentation(
                shift,
                rotation,
                stretch,
                shear,
                warp,
                new Augmentation.Photograph(cropPadding, flip, new Augmentation.Colour(brightness, contrast)));
    }
}
