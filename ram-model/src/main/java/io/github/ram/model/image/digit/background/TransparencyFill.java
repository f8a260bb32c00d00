package io.github.ram.model.image.digit.background;

/**
 * The colour that is laid under a picture's transparent parts.
 *
 * <ul>
 *   <li>A picture that is mostly opaque, such as a card with round corners, gets a grey as light as itself.
 *   <li>A digit on nothing gets white or black. If its edges are lighter or darker than its inside, they were
 *       smoothed against a background that was removed later: the background is on the side of the edges.
 *       Otherwise the background is white under dark ink and black under light ink.
 * </ul>
 */
public final class TransparencyFill {

    /** Shades by which the mean of the edges differs from the mean of all ink, at least, to count. */
    private static final int EDGE_DIFFERENCE = 6;

    private TransparencyFill() {}

    /**
     * Returns a picture on its fill.
     *
     * @param rgba the picture [height, width, 4], its colours premultiplied with alpha
     * @return red, green and blue [3][height · width], 0 to 255
     */
    public static float[][] under(byte[] rgba, int width) {
        int n = rgba.length / 4;
        int grey = grey(rgba, width);
        float[][] rgb = new float[3][n];
        for (int i = 0; i < n; i++) {
            float shine = (255 - (rgba[4 * i + 3] & 0xFF)) * grey / 255f;
            for (int c = 0; c < 3; c++) {
                rgb[c][i] = (rgba[4 * i + c] & 0xFF) + shine;
            }
        }
        return rgb;
    }

    private static int grey(byte[] rgba, int width) {
        int n = rgba.length / 4;
        double opacity = 0;
        double luma = 0;
        double edgeOpacity = 0;
        double edgeLuma = 0;
        for (int i = 0; i < n; i++) {
            int alpha = alpha(rgba, i);
            if (alpha == 0) {
                continue;
            }
            int at = 4 * i;
            double light = Luma.of(rgba[at] & 0xFF, rgba[at + 1] & 0xFF, rgba[at + 2] & 0xFF);
            opacity += alpha;
            luma += light;
            int x = i % width;
            boolean edge = x > 0 && alpha(rgba, i - 1) == 0
                    || x < width - 1 && alpha(rgba, i + 1) == 0
                    || i >= width && alpha(rgba, i - width) == 0
                    || i + width < n && alpha(rgba, i + width) == 0;
            if (edge) {
                edgeOpacity += alpha;
                edgeLuma += light;
            }
        }
        if (opacity == 0) {
            return 0;
        }
        double mean = 255 * luma / opacity;
        if (opacity > 0.6 * 255 * n) {
            return (int) Math.round(mean);
        }
        double difference = edgeOpacity == 0 ? 0 : 255 * edgeLuma / edgeOpacity - mean;
        if (Math.abs(difference) > EDGE_DIFFERENCE) {
            return difference > 0 ? 255 : 0;
        }
        return mean < 128 ? 255 : 0;
    }

    private static int alpha(byte[] rgba, int i) {
        return rgba[4 * i + 3] & 0xFF;
    }
}
