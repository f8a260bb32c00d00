package io.github.ram.model.image.draw;

import java.awt.image.BufferedImage;

/**
 * An RGB picture to draw rectangles and round-ended strokes on. Positions are in pixels, the first
 * pixel covers [0, 1) both ways. What is outside is not drawn.
 *
 * <p>This class does not use Graphics2D, which may look for a display and for fonts, and whose anti-aliasing
 * differs between Java releases.
 */
public final class Canvas {

    private final int width;
    private final int height;
    private final int[] rgb;

    /** How thick the lines of letters are, as a share of their height, halved. */
    private static final double LETTER_RADIUS = 0.062;

    /**
     * @param width in pixels
     * @param height in pixels
     * @param colour of all of it, 0xRRGGBB
     */
    public Canvas(int width, int height, int colour) {
        this.width = width;
        this.height = height;
        this.rgb = new int[Math.multiplyExact(width, height)];
        fill(0, 0, width, height, colour);
    }

    /** The drawing as an image. */
    public BufferedImage toImage() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.getRaster().setDataElements(0, 0, width, height, rgb);
        return image;
    }

    /** Fills the rectangle from (left, top) up to but without (right, bottom). */
    public void fill(long left, long top, long right, long bottom, int colour) {
        int fromX = within(width, left);
        int toX = within(width, right);
        int toY = within(height, bottom);
        for (int y = within(height, top); y < toY; y++) {
            for (int x = fromX; x < toX; x++) {
                rgb[y * width + x] = colour;
            }
        }
    }

    private static int within(int side, long position) {
        return (int) Math.max(0, Math.min(side, position));
    }

    /** Draws the border of a rectangle, the given pixels wide, inside it. */
    public void frame(long left, long top, long right, long bottom, int thickness, int colour) {
        fill(left, top, right, top + thickness, colour);
        fill(left, bottom - thickness, right, bottom, colour);
        fill(left, top, left + thickness, bottom, colour);
        fill(right - thickness, top, right, bottom, colour);
    }

    /**
     * Draws a line through points with round ends and joins, its edges anti-aliased. One point makes
     * a disc.
     *
     * @param points x and y of each point in turn
     * @param radius half the thickness
     */
    public void stroke(double[] points, double radius, int colour) {
        double fromX = Double.MAX_VALUE;
        double fromY = Double.MAX_VALUE;
        double toX = -Double.MAX_VALUE;
        double toY = -Double.MAX_VALUE;
        for (int i = 0; i < points.length; i += 2) {
            fromX = Math.min(fromX, points[i]);
            toX = Math.max(toX, points[i]);
            fromY = Math.min(fromY, points[i + 1]);
            toY = Math.max(toY, points[i + 1]);
        }
        double reach = radius + 1;
        int lastX = (int) Math.min(width - 1.0, toX + reach);
        int lastY = (int) Math.min(height - 1.0, toY + reach);
        for (int y = (int) Math.max(0, fromY - reach); y <= lastY; y++) {
            for (int x = (int) Math.max(0, fromX - reach); x <= lastX; x++) {
                double covered = radius + 0.5 - distance(points, x + 0.5, y + 0.5);
                if (covered > 0) {
                    blend(y * width + x, colour, Math.min(1, covered));
                }
            }
        }
    }

    /**
     * Writes a line of text: letters in lower case, digits and some signs.
     *
     * @param x left end of the line
     * @param y the top of letters like l; others like p reach below y + height
     * @param height of letters like l
     */
    public void text(String text, double x, double y, double height, int colour) {
        Lettering.draw(this, text, x, y, height, Math.max(0.6, LETTER_RADIUS * height), colour);
    }

    /**
     * Writes a number with its middle at (x, y).
     *
     * @param height pixels between the middles of the top and the bottom strokes
     * @param radius half the thickness of the strokes
     */
    public void number(int number, double x, double y, double height, double radius, int colour) {
        DigitStrokes.draw(this, number, x, y, height, radius, colour);
    }

    /** Width of a line of text, in pixels. */
    public static double textWidth(String text, double height) {
        return Lettering.width(text) * height;
    }

    /** Puts a picture with its top left corner at (left, top). */
    public void picture(BufferedImage picture, int left, int top) {
        for (int y = Math.max(0, -top); y < Math.min(picture.getHeight(), height - top); y++) {
            for (int x = Math.max(0, -left); x < Math.min(picture.getWidth(), width - left); x++) {
                rgb[(top + y) * width + left + x] = picture.getRGB(x, y) & 0xffffff;
            }
        }
    }

    private static double distance(double[] points, double x, double y) {
        double least = square(x - points[0]) + square(y - points[1]);
        for (int i = 2; i < points.length; i += 2) {
            double dx = points[i] - points[i - 2];
            double dy = points[i + 1] - points[i - 1];
            double length = dx * dx + dy * dy;
            double along = length == 0 ? 0 : ((x - points[i - 2]) * dx + (y - points[i - 1]) * dy) / length;
            double nearest = Math.max(0, Math.min(1, along));
            least = Math.min(
                    least, square(x - points[i - 2] - nearest * dx) + square(y - points[i - 1] - nearest * dy));
        }
        return Math.sqrt(least);
    }

    private static double square(double v) {
        return v * v;
    }

    private void blend(int at, int colour, double share) {
        rgb[at] = ColourRamp.mix(rgb[at], colour, share);
    }
}
