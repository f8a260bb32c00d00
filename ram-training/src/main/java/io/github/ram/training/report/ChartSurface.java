package io.github.ram.training.report;

/** Something to draw charts on. Positions are in pixels, from the top left. */
interface ChartSurface {

    /** Where a text is, seen from its position. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /** A line through points, x and y in turn. */
    void line(double[] points, double width, Ink ink);

    /** A disc. */
    void disc(double x, double y, double radius, Ink ink);

    /** A line of text, y in its middle. */
    void text(String text, double x, double y, double size, Anchor anchor, Ink ink);

    /** How wide such a text is. */
    double width(String text, double size);
}
