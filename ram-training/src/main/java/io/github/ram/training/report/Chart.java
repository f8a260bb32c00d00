package io.github.ram.training.report;

import java.util.Arrays;
import java.util.List;

/**
 * Curves over the epochs of a run.
 *
 * @param title of the chart
 * @param isLogarithmic whether equal distances upwards are equal factors
 * @param curves one to four
 * @param marked an epoch to mark on every curve, or 0
 */
record Chart(String title, boolean isLogarithmic, List<Curve> curves, int marked) {

    static final int WIDTH = 560;
    static final int HEIGHT = 300;

    private static final int LEFT = 56;
    private static final int RIGHT = 18;
    private static final int TOP = 46;
    private static final int BOTTOM = 38;
    private static final double TITLE = 15;
    private static final double TEXT = 12;
    private static final List<ChartColour> COLOURS =
            List.of(ChartColour.FIRST, ChartColour.SECOND, ChartColour.THIRD, ChartColour.FOURTH);

    /**
     * A curve.
     *
     * @param name for the legend
     * @param values of the epochs, from epoch 1
     */
    record Curve(String name, double[] values) {}

    /** Draws the chart at the top left, {@value #WIDTH} × {@value #HEIGHT} pixels. */
    void draw(ChartSurface surface) {
        Axis axis = Axis.around(
                isLogarithmic,
                curves.stream()
                        .flatMapToDouble(curve -> Arrays.stream(curve.values()))
                        .toArray());
        int epochs =
                curves.stream().mapToInt(curve -> curve.values().length).max().orElse(0);
        surface.text(title, LEFT, 18, TITLE, ChartSurface.Anchor.START, ChartColour.STRONG);
        drawGrid(surface, axis, epochs);
        double legend = WIDTH - RIGHT;
        for (int i = curves.size() - 1; i >= 0; i--) {
            Curve curve = curves.get(i);
            ChartColour colour = COLOURS.get(i);
            drawCurve(surface, curve, axis, epochs, colour);
            if (curves.size() > 1) {
                legend -= surface.width(curve.name(), TEXT);
                surface.text(curve.name(), legend, 18, TEXT, ChartSurface.Anchor.START, ChartColour.FAINT);
                surface.disc(legend - 9, 18, 4, colour);
                legend -= 28;
            }
        }
    }

    private void drawGrid(ChartSurface surface, Axis axis, int epochs) {
        for (double tick : axis.ticks(5)) {
            double y = y(axis, tick);
            surface.line(new double[] {LEFT, y, WIDTH - RIGHT, y}, 1, ChartColour.GRID);
            surface.text(Axis.label(tick), LEFT - 8, y, TEXT, ChartSurface.Anchor.END, ChartColour.FAINT);
        }
        for (double tick : new Axis(1, Math.max(2, epochs), false).ticks(8)) {
            if (tick == Math.rint(tick)) {
                surface.text(
                        Axis.label(tick),
                        x(tick, epochs),
                        HEIGHT - BOTTOM + 14,
                        TEXT,
                        ChartSurface.Anchor.MIDDLE,
                        ChartColour.FAINT);
            }
        }
        surface.text("epoch", WIDTH - RIGHT, HEIGHT - 8, TEXT, ChartSurface.Anchor.END, ChartColour.FAINT);
    }

    private void drawCurve(ChartSurface surface, Curve curve, Axis axis, int epochs, ChartColour colour) {
        double[] points = new double[2 * curve.values().length];
        for (int i = 0; i < curve.values().length; i++) {
            points[2 * i] = x(i + 1.0, epochs);
            points[2 * i + 1] = y(axis, curve.values()[i]);
        }
        if (points.length > 2) {
            surface.line(points, 2, colour);
        } else if (points.length == 2) {
            surface.disc(points[0], points[1], 3, colour);
        }
        if (marked > 0 && marked <= curve.values().length) {
            surface.disc(points[2 * marked - 2], points[2 * marked - 1], 4.5, colour);
            surface.disc(points[2 * marked - 2], points[2 * marked - 1], 2.2, ChartColour.GROUND);
        }
    }

    private static double x(double epoch, int epochs) {
        double share = epochs > 1 ? (epoch - 1) / (epochs - 1) : 0.5;
        return LEFT + share * (WIDTH - LEFT - RIGHT);
    }

    private static double y(Axis axis, double value) {
        return HEIGHT - BOTTOM - axis.place(value) * (HEIGHT - TOP - BOTTOM);
    }
}
