package io.github.ram.model.image.digit;

/**
 * What a picture with transparent parts is laid on. A digit drawn on nothing is laid on what sets it off:
 * white if it is dark, black if it is light. A picture with a ground of its own, such as a card with round
 * corners, is laid on a grey as light as that ground.
 */
final class TransparencyFill {

    /** What is drawn in one colour spans less of the 256 shades, smooth edges and all. */
    private static final int ONE_SHADE = 64;

    private TransparencyFill() {}

    /**
     * The picture on its backdrop.
     *
     * @param rgba [n, 4], colours premultiplied with alpha
     * @return red, green and blue [3][n], 0 to 255
     */
    static float[][] under(byte[] rgba) {
        int n = rgba.length / 4;
        int grey = grey(rgba);
        float[][] rgb = new float[3][n];
        for (int i = 0; i < n; i++) {
            float shine = (255 - (rgba[4 * i + 3] & 0xFF)) * grey / 255f;
            for (int c = 0; c < 3; c++) {
                rgb[c][i] = (rgba[4 * i + c] & 0xFF) + shine;
            }
        }
        return rgb;
    }

    private static int grey(byte[] rgba) {
        long[] opacity = new long[256]; // of the pixels of each shade
        long total = 0;
        for (int at = 0; at < rgba.length; at += 4) {
            int alpha = rgba[at + 3] & 0xFF;
            if (alpha > 0) {
                int luma = (299 * (rgba[at] & 0xFF) + 587 * (rgba[at + 1] & 0xFF) + 114 * (rgba[at + 2] & 0xFF)) / 1000;
                opacity[Math.min(255, luma * 255 / alpha)] += alpha;
                total += alpha;
            }
        }
        int middle = quantile(opacity, total / 2);
        boolean oneShade = quantile(opacity, total * 19 / 20) - quantile(opacity, total / 20) < ONE_SHADE;
        if (oneShade) {
            return middle < 128 ? 255 : 0;
        }
        return middle;
    }

    /** The shade up to which a share of the opacity is found. */
    private static int quantile(long[] opacity, long share) {
        long sum = 0;
        for (int shade = 0; shade < 256; shade++) {
            sum += opacity[shade];
            if (sum > share) {
                return shade;
            }
        }
        return 255;
    }
}
