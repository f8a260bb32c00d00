package io.github.ram.training.data.drawn;

import java.util.Arrays;

/**
 * Draws lines of light ink on a dark square of pixels, anti-aliased: the ink of a pixel depends on the distance from its
 * centre to the line.
 *
 * <p>Only exactly rounded operations are used (+, -, ·, /, square root), so that every platform draws the same bytes.
 */
final class Pen {

    private final int side;
    private final double softness;
    private final double[] ink;

    /**
     * @param side pixels a side
     * @param softness over how many pixels the edge of a line fades
     */
    Pen(int side, double softness) {
        this.side = side;
        this.softness = softness;
        this.ink = new double[side * side];
    }

    /**
     * Draws from (x0, y0) to (x1, y1), in pixels from the top left corner of the square; what lies outside is lost.
     *
     * @param radius half the width of the line
     */
    void line(double x0, double y0, double x1, double y1, double radius) {
        double reach = radius + softness / 2;
        int left = Math.max(0, (int) (Math.min(x0, x1) - reach));
        int right = Math.min(side - 1, (int) (Math.max(x0, x1) + reach));
        int top = Math.max(0, (int) (Math.min(y0, y1) - reach));
        int bottom = Math.min(side - 1, (int) (Math.max(y0, y1) + reach));
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                double squared = squaredDistance(column + 0.5, row + 0.5, x0, y0, x1, y1);
                if (squared < reach * reach) {
                    double covered = Math.min(1, (reach - Math.sqrt(squared)) / softness);
                    int pixel = row * side + column;
                    ink[pixel] = Math.max(ink[pixel], covered);
                }
            }
        }
    }

    /** Writes the square, row by row, one byte a pixel (0..255 unsigned), from {@code offset} on, and clears it. */
    void lift(byte[] pixels, int offset) {
        for (int i = 0; i < ink.length; i++) {
            pixels[offset + i] = (byte) (int) (ink[i] * 255 + 0.5);
        }
        Arrays.fill(ink, 0);
    }

    /** Square of the distance from the point (x, y) to the segment from (x0, y0) to (x1, y1). */
    private static double squaredDistance(double x, double y, double x0, double y0, double x1, double y1) {
        double dx = x1 - x0;
        double dy = y1 - y0;
        double squared = dx * dx + dy * dy;
        double along = squared == 0 ? 0 : ((x - x0) * dx + (y - y0) * dy) / squared;
        double nearest = Math.max(0, Math.min(1, along));
        double ex = x - (x0 + nearest * dx);
        double ey = y - (y0 + nearest * dy);
        return ex * ex + ey * ey;
    }
}
