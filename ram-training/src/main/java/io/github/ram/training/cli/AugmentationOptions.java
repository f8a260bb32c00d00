package io.github.ram.training.cli;

import io.github.ram.training.augmentation.Augmentation;
import picocli.CommandLine.Option;

/** How training images are varied. */
final class AugmentationOptions {

    @Option(
            names = "--shift",
            paramLabel = "F",
            defaultValue = "0",
            description = "Move each training image by up to so many pixels each way, at random. Default: 0.")
    private double shift;

    @Option(
            names = "--rotation",
            paramLabel = "F",
            defaultValue = "0",
            description = "Turn it by up to so many degrees either way. Default: 0.")
    private double rotation;

    @Option(
            names = "--stretch",
            paramLabel = "F",
            defaultValue = "0",
            description = "Stretch or press each axis by up to this share. Default: 0.")
    private double stretch;

    @Option(
            names = "--shear",
            paramLabel = "F",
            defaultValue = "0",
            description = "Slant it by up to so many pixels a row. Default: 0.")
    private double shear;

    @Option(
            names = "--warp",
            paramLabel = "F",
            defaultValue = "0",
            description = "Bend it smoothly: move the knots of a mesh, a quarter of the image apart, by up to so many"
                    + " pixels each way. Default: 0.")
    private double warp;

    /**
     * What was asked for.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    Augmentation config() {
        return new Augmentation(shift, rotation, stretch, shear, warp);
    }
}
