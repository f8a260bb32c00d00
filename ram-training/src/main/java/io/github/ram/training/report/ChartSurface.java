package io.github.ram.training.report;

/** A surface to draw charts on. Positions are in pixels, from the top left. */
interface ChartSurface {

    /** The side of a text on which its position is. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /** Draws a line through points: x and y of each point in turn. */
    void line(double[] points, double width, ChartColour colour);

    /** Draws a disc. */
    void disc(double x, double y, double radius, ChartColour colour);

    /** Draws a line of text, whose middle is at y. */
    void text(String text, double x, double y, double size, Anchor anchor, ChartColour colour);

    /** Returns the width of a text in pixels. */
    double width(String text, double size);
}
