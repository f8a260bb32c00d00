package io.github.ram.model.image.draw;

import java.util.Locale;

/**
 * Small letters, digits and some signs made of strokes, on a line 1 high. A Java runtime may have no font. Text is
 * drawn in lower case; an unknown sign leaves a gap.
 */
final class Lettering {

    private static final double GAP = 0.24;
    private static final double SPACE = 0.3;

    private Lettering() {}

    /** Width of a text over the height of its line. */
    static double width(String text) {
        double width = 0;
        for (char sign : text.toLowerCase(Locale.ROOT).toCharArray()) {
            width += GAP + widthOf(sign);
        }
        return Math.max(0, width - GAP);
    }

    /** Draws a text with the top left corner of its line at (x, y); the line is the given pixels high. */
    static void draw(Canvas canvas, String text, double x, double y, double height, double radius, int colour) {
        double left = x;
        for (char sign : text.toLowerCase(Locale.ROOT).toCharArray()) {
            for (double[] line : lines(sign)) {
                double[] placed = new double[line.length];
                for (int k = 0; k < line.length; k += 2) {
                    placed[k] = left + line[k] * height;
                    placed[k + 1] = y + line[k + 1] * height;
                }
                canvas.stroke(placed, radius, colour);
            }
            left += (GAP + widthOf(sign)) * height;
        }
    }

    private static double widthOf(char sign) {
        if (sign >= '0' && sign <= '9') {
            return DigitStrokes.width(1);
        }
        double width = 0;
        for (double[] line : lines(sign)) {
            for (int k = 0; k < line.length; k += 2) {
                width = Math.max(width, line[k]);
            }
        }
        return width == 0 ? SPACE : width;
    }

    /** The strokes of a sign; its letters' small bodies are between 0.36 and 1, where the line ends. */
    private static double[][] lines(char sign) {
        return sign >= '0' && sign <= '9' ? DigitStrokes.lines(sign - '0') : sign >= 'a' ? letter(sign) : mark(sign);
    }

    private static double[][] letter(char letter) {
        return switch (letter) {
            case 'a' -> new double[][] {bowl(), {0.52, 0.36, 0.52, 1}};
            case 'b' -> new double[][] {{0, 0, 0, 1}, bowl()};
            case 'c' -> new double[][] {Arcs.arc(0.26, 0.68, 0.26, 0.32, 45, 315)};
            case 'd' -> new double[][] {bowl(), {0.52, 0, 0.52, 1}};
            case 'e' -> new double[][] {Arcs.join(line(0, 0.68), Arcs.arc(0.26, 0.68, 0.26, 0.32, 0, -315))};
            case 'f' ->
                new double[][] {
                    Arcs.join(Arcs.arc(0.36, 0.2, 0.2, 0.2, -60, -180), line(0.16, 1)), {0, 0.38, 0.38, 0.38}
                };
            case 'g' -> new double[][] {bowl(), Arcs.join(line(0.52, 0.36), Arcs.arc(0.26, 1.06, 0.26, 0.24, 0, 140))};
            case 'h' -> new double[][] {{0, 0, 0, 1}, arch(0.5)};
            case 'i' -> new double[][] {{0.04, 0.36, 0.04, 1}, {0.04, 0.1}};
            case 'j' ->
                new double[][] {Arcs.join(line(0.24, 0.36), Arcs.arc(0.06, 1.1, 0.18, 0.2, 0, 100)), {0.24, 0.1}};
            case 'k' -> new double[][] {{0, 0, 0, 1}, {0.44, 0.36, 0, 0.76}, {0.16, 0.63, 0.46, 1}};
            case 'l' -> new double[][] {{0.04, 0, 0.04, 1}};
            case 'm' ->
                new double[][] {
                    {0, 0.36, 0, 1},
                    Arcs.join(Arcs.arc(0.2, 0.58, 0.2, 0.22, 180, 360), line(0.4, 1)),
                    Arcs.join(Arcs.arc(0.6, 0.58, 0.2, 0.22, 180, 360), line(0.8, 1))
                };
            case 'n' -> new double[][] {{0, 0.36, 0, 1}, arch(0.5)};
            case 'o' -> new double[][] {Arcs.arc(0.27, 0.68, 0.27, 0.32, 0, 360)};
            case 'p' -> new double[][] {{0, 0.36, 0, 1.32}, bowl()};
            case 'q' -> new double[][] {bowl(), {0.52, 0.36, 0.52, 1.32}};
            case 'r' -> new double[][] {{0, 0.36, 0, 1}, Arcs.arc(0.24, 0.62, 0.24, 0.26, 180, 295)};
            case 's' ->
                new double[][] {
                    Arcs.join(Arcs.arc(0.22, 0.52, 0.19, 0.16, -30, -270), Arcs.arc(0.22, 0.84, 0.22, 0.16, -90, 150))
                };
            case 't' ->
                new double[][] {
                    Arcs.join(line(0.16, 0.1), Arcs.arc(0.34, 0.8, 0.18, 0.2, 180, 75)), {0, 0.36, 0.38, 0.36}
                };
            case 'u' ->
                new double[][] {Arcs.join(line(0, 0.36), Arcs.arc(0.25, 0.74, 0.25, 0.26, 180, 0)), {0.5, 0.36, 0.5, 1}
                };
            case 'v' -> new double[][] {{0, 0.36, 0.24, 1, 0.48, 0.36}};
            case 'w' -> new double[][] {{0, 0.36, 0.18, 1, 0.36, 0.42, 0.54, 1, 0.72, 0.36}};
            case 'x' -> new double[][] {{0, 0.36, 0.46, 1}, {0.46, 0.36, 0, 1}};
            case 'y' -> new double[][] {{0, 0.36, 0.25, 1}, {0.5, 0.36, 0.14, 1.3}};
            case 'z' -> new double[][] {{0, 0.36, 0.46, 0.36, 0, 1, 0.46, 1}};
            case '×' -> new double[][] {{0, 0.4, 0.4, 0.86}, {0.4, 0.4, 0, 0.86}};
            default -> new double[0][];
        };
    }

    private static double[][] mark(char mark) {
        return switch (mark) {
            case '%' ->
                new double[][] {
                    Arcs.arc(0.15, 0.22, 0.15, 0.2, 0, 360),
                    Arcs.arc(0.65, 0.78, 0.15, 0.2, 0, 360),
                    {0.64, 0.04, 0.16, 0.96}
                };
            case '.' -> new double[][] {{0.05, 0.98}};
            case ',' -> new double[][] {{0.1, 0.95, 0.02, 1.18}};
            case ':' -> new double[][] {{0.05, 0.5}, {0.05, 0.96}};
            case '-' -> new double[][] {{0, 0.64, 0.32, 0.64}};
            case '+' -> new double[][] {{0, 0.6, 0.44, 0.6}, {0.22, 0.38, 0.22, 0.82}};
            case '=' -> new double[][] {{0, 0.5, 0.42, 0.5}, {0, 0.76, 0.42, 0.76}};
            case '/' -> new double[][] {{0.38, 0, 0, 1.1}};
            case '(' -> new double[][] {Arcs.arc(0.3, 0.55, 0.28, 0.65, 135, 225)};
            case ')' -> new double[][] {Arcs.arc(-0.1, 0.55, 0.28, 0.65, -45, 45)};
            default -> new double[0][];
        };
    }

    private static double[] bowl() {
        return Arcs.arc(0.26, 0.68, 0.26, 0.32, 0, 360);
    }

    private static double[] arch(double width) {
        return Arcs.join(Arcs.arc(width / 2, 0.62, width / 2, 0.26, 180, 360), line(width, 1));
    }

    private static double[] line(double... points) {
        return points;
    }
}
