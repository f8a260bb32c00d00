package io.github.ram.model.image.digit.background;

/** How light a colour is (ITU-R BT.601): 0.299·red + 0.587·green + 0.114·blue. */
public final class Luma {

    private Luma() {}

    /** Returns the luma of a colour, or of a difference between colours, in the unit of its channels. */
    public static double of(double red, double green, double blue) {
        return 0.299 * red + 0.587 * green + 0.114 * blue;
    }

    /**
     * Returns the luma of one pixel.
     *
     * @param rgb a picture [3][height · width]
     */
    public static float of(float[][] rgb, int pixel) {
        return 0.299f * rgb[0][pixel] + 0.587f * rgb[1][pixel] + 0.114f * rgb[2][pixel];
    }
}
