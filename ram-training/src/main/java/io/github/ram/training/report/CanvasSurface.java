package io.github.ram.training.report;

import io.github.ram.model.image.draw.Canvas;

/**
 * Draws a chart on a part of a picture, enlarged.
 *
 * @param canvas of the whole picture
 * @param left edge of the part, in the chart's pixels
 * @param top edge of the part, in the chart's pixels
 * @param scale pixels of the picture per pixel of the chart
 */
record CanvasSurface(Canvas canvas, double left, double top, double scale) implements ChartSurface {

    /** Height of capital letters divided by the size of the font. */
    private static final double LETTER = 0.72;

    @Override
    public void line(double[] points, double width, ChartColour colour) {
        // One stroke for each segment: a single stroke would be compared with every pixel of the chart.
        for (int i = 0; i + 3 < points.length; i += 2) {
            double[] piece = {x(points[i]), y(points[i + 1]), x(points[i + 2]), y(points[i + 3])};
            canvas.stroke(piece, width * scale / 2, colour.onDark());
        }
    }

    @Override
    public void disc(double x, double y, double radius, ChartColour colour) {
        canvas.stroke(new double[] {x(x), y(y)}, radius * scale, colour.onDark());
    }

    @Override
    public void text(String text, double x, double y, double size, Anchor anchor, ChartColour colour) {
        double height = LETTER * size;
        double width = width(text, size);
        double from = switch (anchor) {
            case START -> x;
            case MIDDLE -> x - width / 2;
            case END -> x - width;
        };
        canvas.text(text, x(from), y(y - height / 2), height * scale, colour.onDark());
    }

    @Override
    public double width(String text, double size) {
        return Canvas.textWidth(text, LETTER * size);
    }

    private double x(double x) {
        return (left + x) * scale;
    }

    private double y(double y) {
        return (top + y) * scale;
    }
}
