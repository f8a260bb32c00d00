package io.github.ram.model.image.digit;

import io.github.ram.model.Box;

/**
 * How much ink covers each pixel.
 *
 * @param width columns
 * @param height rows
 * @param coverage unsigned bytes [height, width], 255 for all of a pixel
 */
record InkMap(int width, int height, byte[] coverage) {

    /** Shades by which ink stands out from its background, at least. */
    static final int LEAST_CONTRAST = 12;

    /** The least contrast of ink, in times the background's noise. */
    private static final double LEAST_TIMES_NOISE = 5;

    /**
     * The ink of a picture, from nothing, where a pixel is within the noise of the background, to all, where it is
     * like ink. Null if nothing stands out.
     */
    static InkMap of(InkContrast contrast, int width, int height) {
        if (contrast.ink() < Math.max(LEAST_CONTRAST, LEAST_TIMES_NOISE * contrast.noise())) {
            return null;
        }
        double nothing = Math.max(2.5 * contrast.noise(), 0.02 * contrast.ink());
        byte[] coverage = new byte[contrast.values().length];
        for (int i = 0; i < coverage.length; i++) {
            double share = (contrast.values()[i] - nothing) / (contrast.ink() - nothing);
            coverage[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, share)));
        }
        return new InkMap(width, height, coverage);
    }

    /** The ink of the pixel in column x and row y, 0 outside the picture. */
    int at(int x, int y) {
        return x < 0 || y < 0 || x >= width || y >= height ? 0 : coverage[y * width + x] & 0xFF;
    }

    /** The box around all pixels of a coverage, or more; the whole map if there are none. */
    Box bounds(int least) {
        int left = width;
        int top = height;
        int right = -1;
        int bottom = -1;
        for (int i = 0; i < coverage.length; i++) {
            if ((coverage[i] & 0xFF) >= least) {
                left = Math.min(left, i % width);
                right = Math.max(right, i % width);
                top = Math.min(top, i / width);
                bottom = i / width;
            }
        }
        return right < 0 ? new Box(0, 0, width, height) : new Box(left, top, right - left + 1, bottom - top + 1);
    }

    /** The same map with rows and columns exchanged. */
    InkMap transposed() {
        byte[] turned = new byte[coverage.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                turned[x * height + y] = coverage[y * width + x];
            }
        }
        return new InkMap(height, width, turned);
    }
}
