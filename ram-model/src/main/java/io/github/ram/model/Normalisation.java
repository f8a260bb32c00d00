package io.github.ram.model;

/**
 * How pixels become the model's input: (v − mean) / deviation, where v is the pixel in [0, 1]; of a byte
 * that is p / 255.
 *
 * @param mean in units of pixels scaled to [0, 1]
 * @param deviation likewise, in [1e-6, 1e6]
 * @param padding what the sensor sees outside the image, in normalised units: −mean/deviation is the
 *     background that pixels of 0 give. Weights that were trained with another value need that value.
 */
public record Normalisation(double mean, double deviation, double padding) {

    /** MNIST's mean and deviation over the training images, and its background outside the image. */
    public static final Normalisation MNIST = background(0.1307, 0.3081);

    public Normalisation {
        Check.inRange("mean", -1e6, 1e6, mean);
        Check.inRange("deviation", 1e-6, 1e6, deviation);
        Check.inRange("padding", -1e6, 1e6, padding);
    }

    /** A normalisation under which outside the image is background: pixels of 0. */
    public static Normalisation background(double mean, double deviation) {
        return new Normalisation(mean, deviation, -mean / deviation);
    }

    /**
     * The normalised value of a pixel.
     *
     * @param value in [0, 1], 0 the background
     */
    public float apply(double value) {
        return (float) ((value - mean) / deviation);
    }

    /**
     * The normalised value of each of the 256 pixel values.
     *
     * @return [256], by the unsigned value of the pixel
     */
    public float[] table() {
        float[] table = new float[256];
        for (int pixel = 0; pixel < table.length; pixel++) {
            table[pixel] = apply(pixel / 255.0);
        }
        return table;
    }
}
