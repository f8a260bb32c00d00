package io.github.ram.model.image.digit.background;

import java.util.Arrays;

/** The background of a picture: a smooth surface of colour, and the shadows on it. Colours are in shades, 0 to 255. */
public final class Background {

    /** The colour that may be the background's. */
    public enum Start {
        /** Of the two colours that prevail, the one that looks more like a background. */
        LIKELY,
        /** The other one of them. */
        OTHER,
        /** The lightest, on a level surface: strokes that fill a picture leave too little of the paper to fit one. */
        LIGHTEST
    }

    /** The root mean square over the channels, in shades, from which a pixel is unlike its background. */
    private static final double UNLIKE = 40;

    /** Pixels that the noise is measured on, about. */
    private static final int MEASURED = 4000;

    private final float[][] rgb;
    private final float[][] colours;
    private final double noise;

    private Background(float[][] rgb, float[][] colours, double noise) {
        this.rgb = rgb;
        this.colours = colours;
        this.noise = noise;
    }

    /**
     * Estimates the background of a picture.
     *
     * @param rgb colours of the picture [3][height · width]
     * @param start the colour that the background may have
     * @return the background, or null if the picture has no such colour
     */
    public static Background of(float[][] rgb, int width, int height, Start start) {
        Surface surface = Surface.of(rgb, width, height, start);
        if (surface == null) {
            return null;
        }
        float[][] colours = surface.colours();
        double noise = noise(rgb, colours);
        if (Shadows.apply(rgb, colours, width, height, noise)) {
            noise = noise(rgb, colours);
        }
        return new Background(rgb, colours, noise);
    }

    /** Returns the colours that the pixels would have without ink [3][height · width]. */
    public float[][] colours() {
        return colours;
    }

    /** Returns the standard deviation of the pixels without ink from the background, in shades. */
    public double noise() {
        return noise;
    }

    /**
     * Returns how much each pixel differs from its background [3][height · width], in shades of a picture without shadows:
     * differences in a shadow are enlarged.
     */
    public float[][] differences() {
        int n = rgb[0].length;
        float[] lumas = new float[n];
        float most = 0;
        for (int i = 0; i < n; i++) {
            lumas[i] = Luma.of(colours, i);
            most = Math.max(most, lumas[i]);
        }
        float[][] differences = new float[3][n];
        for (int i = 0; i < n; i++) {
            float factor = most < 64 ? 1 : Math.min(3, most / Math.max(1, lumas[i]));
            for (int c = 0; c < 3; c++) {
                differences[c][i] = (rgb[c][i] - colours[c][i]) * factor;
            }
        }
        return differences;
    }

    /**
     * The noise by the median distance of the pixels that are like the background, 1.4826 · median = σ. If these are few,
     * most are rims of ink, and the lower quintile shows the noise.
     */
    private static double noise(float[][] rgb, float[][] colours) {
        int stride = Math.max(1, rgb[0].length / MEASURED);
        double[] distances = new double[rgb[0].length / stride + 1];
        int n = 0;
        for (int i = 0; i < rgb[0].length; i += stride) {
            double sum = 0;
            for (int c = 0; c < 3; c++) {
                double difference = rgb[c][i] - colours[c][i];
                sum += difference * difference;
            }
            if (sum < 3 * UNLIKE * UNLIKE) {
                distances[n++] = Math.sqrt(sum / 3);
            }
        }
        Arrays.sort(distances, 0, n);
        boolean few = 4 * n < rgb[0].length / stride;
        return n == 0 ? 0 : few ? 3.95 * distances[n / 5] : 1.4826 * distances[n / 2];
    }
}
