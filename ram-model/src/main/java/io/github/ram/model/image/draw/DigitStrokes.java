package io.github.ram.model.image.draw;

/** Digits made of strokes, in a box 0.6 wide and 1 high. A Java runtime may have no font. */
final class DigitStrokes {

    private static final double WIDTH = 0.6;
    private static final double GAP = 0.24;

    private DigitStrokes() {}

    /** Width of a number over its height. */
    static double width(int number) {
        int digits = Integer.toString(number).length();
        return digits * WIDTH + (digits - 1) * GAP;
    }

    /**
     * Draws a number with its middle at (x, y).
     *
     * @param height pixels between the middles of the top and the bottom strokes
     * @param radius half the thickness of the strokes, in pixels
     */
    static void draw(Canvas canvas, int number, double x, double y, double height, double radius, int colour) {
        String digits = Integer.toString(number);
        double left = x - width(number) * height / 2;
        for (int i = 0; i < digits.length(); i++) {
            for (double[] line : lines(digits.charAt(i) - '0')) {
                double[] placed = new double[line.length];
                for (int k = 0; k < line.length; k += 2) {
                    placed[k] = left + line[k] * height;
                    placed[k + 1] = y + (line[k + 1] - 0.5) * height;
                }
                canvas.stroke(placed, radius, colour);
            }
            left += (WIDTH + GAP) * height;
        }
    }

    /** The strokes of a digit, 0.6 wide and 1 high. */
    static double[][] lines(int digit) {
        return switch (digit) {
            case 0 -> new double[][] {Arcs.arc(0.3, 0.5, 0.3, 0.5, 0, 360)};
            case 1 -> new double[][] {{0.1, 0.2, 0.34, 0, 0.34, 1}};
            case 2 -> new double[][] {Arcs.join(Arcs.arc(0.3, 0.29, 0.28, 0.29, 190, 395), 0.02, 1, 0.6, 1)};
            case 3 ->
                new double[][] {Arcs.arc(0.28, 0.25, 0.27, 0.25, 200, 450), Arcs.arc(0.28, 0.74, 0.31, 0.26, 270, 520)};
            case 4 -> new double[][] {{0.46, 1, 0.46, 0, 0, 0.68, 0.62, 0.68}};
            case 5 ->
                new double[][] {
                    Arcs.join(new double[] {0.54, 0, 0.1, 0, 0.06, 0.44}, Arcs.arc(0.27, 0.68, 0.32, 0.32, 228, 510))
                };
            case 6 ->
                new double[][] {
                    Arcs.arc(0.3, 0.69, 0.3, 0.31, 0, 360),
                    Arcs.join(new double[] {0.42, 0}, Arcs.arc(0.6, 0.69, 0.6, 0.6, 235, 180))
                };
            case 7 -> new double[][] {{0.02, 0, 0.58, 0, 0.2, 1}};
            case 8 -> new double[][] {Arcs.arc(0.3, 0.24, 0.25, 0.24, 0, 360), Arcs.arc(0.3, 0.74, 0.3, 0.26, 0, 360)};
            default ->
                new double[][] {
                    Arcs.arc(0.3, 0.31, 0.3, 0.31, 0, 360),
                    Arcs.join(new double[] {0.18, 1}, Arcs.arc(0, 0.31, 0.6, 0.6, 55, 0))
                };
        };
    }
}
