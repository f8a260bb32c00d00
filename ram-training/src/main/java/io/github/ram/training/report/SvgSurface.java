package io.github.ram.training.report;

import java.util.Locale;

/** Draws charts as SVG. The CSS classes of the page set the colours. */
final class SvgSurface implements ChartSurface {

    private final StringBuilder svg = new StringBuilder();

    @Override
    public void line(double[] points, double width, ChartColour colour) {
        svg.append("<polyline class=\"")
                .append(colour.style())
                .append("\" stroke-width=\"")
                .append(number(width));
        svg.append("\" points=\"");
        for (int i = 0; i < points.length; i += 2) {
            svg.append(i == 0 ? "" : " ").append(number(points[i])).append(',').append(number(points[i + 1]));
        }
        svg.append("\"/>\n");
    }

    @Override
    public void disc(double x, double y, double radius, ChartColour colour) {
        svg.append(String.format(
                Locale.ROOT,
                "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%s\"/>%n",
                colour.style(),
                number(x),
                number(y),
                number(radius)));
    }

    @Override
    public void text(String text, double x, double y, double size, Anchor anchor, ChartColour colour) {
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%s\" y=\"%s\" font-size=\"%s\" text-anchor=\"%s\">%s</text>%n",
                colour.style(),
                number(x),
                number(y + 0.35 * size),
                number(size),
                anchor.name().toLowerCase(Locale.ROOT),
                Html.escaped(text)));
    }

    /** An estimate: the reader's font is unknown. */
    @Override
    public double width(String text, double size) {
        return 0.55 * size * text.length();
    }

    /** Returns the drawing as an SVG element. */
    String toSvg(int width, int height, String title) {
        return String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n%s</svg>%n",
                width,
                height,
                Html.escaped(title),
                svg);
    }

    private static String number(double value) {
        String digits = String.format(Locale.ROOT, "%.2f", value);
        return digits.replaceFirst("\\.?0+$", "");
    }
}
