package io.github.ram.model.image.draw;

/** Makes the lines of points, x and y in turn, that digits and letters consist of. */
final class Arcs {

    /** Points of one arc. */
    private static final int ARC_STEPS = 16;

    private Arcs() {}

    /** Points of an ellipse's arc; angles in degrees, clockwise from the right. */
    static double[] arc(double x, double y, double radiusX, double radiusY, double from, double to) {
        double[] points = new double[2 * (ARC_STEPS + 1)];
        for (int i = 0; i <= ARC_STEPS; i++) {
            double angle = StrictMath.toRadians(from + (to - from) * i / ARC_STEPS);
            points[2 * i] = x + radiusX * StrictMath.cos(angle);
            points[2 * i + 1] = y + radiusY * StrictMath.sin(angle);
        }
        return points;
    }

    /** One line through the points of both. */
    static double[] join(double[] first, double... second) {
        double[] joined = new double[first.length + second.length];
        System.arraycopy(first, 0, joined, 0, first.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
