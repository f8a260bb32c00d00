package io.github.ram.training.data.drawn;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The way one digit is written: strokes of the pen, each a smooth curve through control points.
 *
 * <p>Coordinates are percent of the digit's height, x to the right and y down. The notation of {@link #of} puts a
 * vertical bar where the pen is lifted and an exclamation mark after a point where the curve has a corner:
 * {@code "0,8 54,4! 22,100 | 12,52 46,50"} is a seven with a bar.
 *
 * @param strokes control points of each stroke, at least two a stroke
 */
record Glyph(List<List<Point>> strokes) {

    /** Line segments between two control points. */
    private static final int STEPS = 6;

    /**
     * A point of a stroke.
     *
     * @param x percent of the digit's height, to the right
     * @param y percent of the digit's height, down
     * @param corner whether the pen turns sharply here
     */
    record Point(double x, double y, boolean corner) {

        Point moved(double dx, double dy) {
            return new Point(x + dx, y + dy, corner);
        }
    }

    static Glyph of(String notation) {
        List<List<Point>> strokes = new ArrayList<>();
        for (String stroke : notation.split("\\|")) {
            List<Point> points = new ArrayList<>();
            for (String point : stroke.strip().split("\\s+")) {
                boolean corner = point.endsWith("!");
                String[] xy = (corner ? point.substring(0, point.length() - 1) : point).split(",");
                points.add(new Point(Double.parseDouble(xy[0]), Double.parseDouble(xy[1]), corner));
            }
            strokes.add(List.copyOf(points));
        }
        return new Glyph(List.copyOf(strokes));
    }

    /** The glyph with every control point moved at random, normally distributed in both directions. */
    Glyph wobbled(double deviation, Random random) {
        return new Glyph(strokes.stream()
                .map(stroke -> stroke.stream()
                        .map(point -> point.moved(deviation * random.nextGaussian(), deviation * random.nextGaussian()))
                        .toList())
                .toList());
    }

    /** The strokes as polylines; each point an array (x, y). */
    List<double[][]> polylines() {
        return strokes.stream().map(Glyph::polyline).toList();
    }

    private static double[][] polyline(List<Point> points) {
        List<double[]> line = new ArrayList<>();
        Point first = points.get(0);
        line.add(new double[] {first.x(), first.y()});
        for (int i = 0; i + 1 < points.size(); i++) {
            Point from = points.get(i);
            Point to = points.get(i + 1);
            // At an end or a corner the curve leaves as if it had come from the point itself.
            Point before = i == 0 || from.corner() ? from : points.get(i - 1);
            Point after = i + 2 == points.size() || to.corner() ? to : points.get(i + 2);
            for (int step = 1; step <= STEPS; step++) {
                double t = (double) step / STEPS;
                line.add(new double[] {
                    catmullRom(before.x(), from.x(), to.x(), after.x(), t),
                    catmullRom(before.y(), from.y(), to.y(), after.y(), t)
                });
            }
        }
        return line.toArray(double[][]::new);
    }

    /** The cubic from b (t = 0) to c (t = 1) with slopes (c - a) / 2 and (d - b) / 2: a Catmull–Rom spline. */
    private static double catmullRom(double a, double b, double c, double d, double t) {
        double linear = (c - a) / 2;
        double quadratic = a - 2.5 * b + 2 * c - d / 2;
        double cubic = (d - a) / 2 + 1.5 * (b - c);
        return b + t * (linear + t * (quadratic + t * cubic));
    }
}
