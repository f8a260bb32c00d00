package io.github.ram.model.image.digit;

import io.github.ram.model.Box;

/** How far a digit leans: the angle of the line x(y) that fits its ink best, by least squares. */
final class Tilt {

    /** The usual lean to the right, in radians: the median of MNIST's digits. */
    private static final double USUAL = 0.15;

    /** A digit that leans further from the usual, in radians, is turned. A third of MNIST's digits lean so far. */
    private static final double MOST = 0.25;

    /** What is left of the distance from the usual lean, in radians. */
    private static final double LEFT = 0.2;

    private Tilt() {}

    /**
     * The angle, in radians to the left, by which a digit is to be turned; 0 if it leans no further than most do.
     *
     * @param box around the digit
     */
    static double correction(InkMap ink, Box box) {
        double lean = lean(ink, box) - USUAL;
        return Math.abs(lean) <= MOST ? 0 : lean - Math.signum(lean) * LEFT;
    }

    private static double lean(InkMap ink, Box box) {
        double mass = 0;
        double sumX = 0;
        double sumY = 0;
        double sumXY = 0;
        double sumYY = 0;
        for (int y = 0; y < box.height(); y++) {
            for (int x = 0; x < box.width(); x++) {
                double weight = ink.at(box.left() + x, box.top() + y);
                mass += weight;
                sumX += weight * x;
                sumY += weight * y;
                sumXY += weight * x * y;
                sumYY += weight * y * y;
            }
        }
        double covariance = sumXY - sumX * sumY / mass;
        double variance = sumYY - sumY * sumY / mass;
        return Math.atan2(-covariance, variance);
    }

    /**
     * A square map with the same middle as a box, turned around it, by bilinear interpolation.
     *
     * @param angle in radians to the left
     */
    static InkMap turned(InkMap ink, Box box, double angle) {
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        int side = (int) Math.ceil(Math.hypot(box.width(), box.height())) + 2;
        byte[] coverage = new byte[side * side];
        for (int i = 0; i < coverage.length; i++) {
            double right = i % side + 0.5 - side / 2.0;
            double down = i / side + 0.5 - side / 2.0;
            double u = box.centreX() + right * cos - down * sin - 0.5;
            double v = box.centreY() + right * sin + down * cos - 0.5;
            int left = (int) Math.floor(u);
            int top = (int) Math.floor(v);
            double above = ink.at(left, top) + (u - left) * (ink.at(left + 1, top) - ink.at(left, top));
            double below = ink.at(left, top + 1) + (u - left) * (ink.at(left + 1, top + 1) - ink.at(left, top + 1));
            coverage[i] = (byte) Math.round(above + (v - top) * (below - above));
        }
        return new InkMap(side, side, coverage);
    }
}
