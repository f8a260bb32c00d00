package io.github.ram.model.image.digit;

import io.github.ram.model.Box;
import io.github.ram.model.ImageShape;
import io.github.ram.model.image.decode.BoxFilter;
import io.github.ram.model.image.digit.InputOrigin.Area;

/**
 * Ink in the middle of an image, as MNIST has it: the box around it scaled to 20/28 of the image's side,
 * then moved by whole pixels until its centre of mass is within half a pixel of the middle one's centre.
 *
 * @param pixels laid out as {@link ImageShape} says, light on black
 * @param area what of the ink's picture the image shows, in that picture's pixels, without the turn
 * @param turn angle by which the digit was turned around the middle of its box, in radians to the left
 */
record Placement(byte[] pixels, Area area, double turn) {

    /** The share of a digit's pixels that may stay below full white: smooth edges, faint strokes. */
    private static final double GREY_SHARE = 0.9;

    /** The factor of contrast of a digit that was enlarged. */
    private static final double CONTRAST = 1.5;

    /** The width of strokes in pixels that thinner ones get: 2 % of MNIST's digits have less. */
    private static final double LEAST_WIDTH = 1.25;

    /** How many times as long a digit becomes that has fewer pixels than the model's. */
    private static final int TIMES = 5;

    /** Places a digit, upright if it leans far. */
    static Placement of(InkMap ink, Box box, ImageShape shape) {
        if (1.5 * Math.max(box.width(), box.height()) <= inner(shape.height())) {
            InkMap larger = enlarged(ink, box);
            Box all = new Box(0, 0, larger.width(), larger.height());
            return placed(larger, all, shape).from(1f / TIMES, box.left(), box.top(), 0);
        }
        return upright(ink, box, shape);
    }

    private static Placement upright(InkMap ink, Box box, ImageShape shape) {
        double angle = Tilt.correction(ink, box);
        if (angle == 0) {
            return placed(ink, box, shape);
        }
        InkMap turned = Tilt.turned(ink, box, angle);
        return placed(turned, turned.bounds(Marks.RIM), shape)
                .from(1, box.centreX() - turned.width() / 2.0, box.centreY() - turned.height() / 2.0, angle);
    }

    /** The same with its area in the pixels of another picture, from which this one was turned. */
    private Placement from(float scale, double left, double top, double angle) {
        Area scaled = area.scaled(scale, scale);
        return new Placement(
                pixels,
                new Area((float) (left + scaled.left()), (float) (top + scaled.top()), scaled.width(), scaled.height()),
                angle);
    }

    private static Placement placed(InkMap ink, Box box, ImageShape shape) {
        ImageShape source = new ImageShape(box.height(), box.width(), 1);
        ImageShape scaled = Preprocessor.fit(source, inner(shape.height()), inner(shape.width()));
        byte[] digit = reduced(ink, box, scaled);
        whiten(digit);
        digit = notThin(digit, scaled.width());
        double[] centre = centreOfMass(digit, scaled.width());
        int left = offset(shape.width(), scaled.width(), centre[0]);
        int top = offset(shape.height(), scaled.height(), centre[1]);
        byte[] pixels = new byte[shape.size()];
        for (int y = 0; y < scaled.height(); y++) {
            for (int x = 0; x < scaled.width(); x++) {
                int at = ((top + y) * shape.width() + left + x) * shape.channels();
                for (int c = 0; c < shape.channels(); c++) {
                    pixels[at + c] = digit[y * scaled.width() + x];
                }
            }
        }
        float across = (float) box.width() / scaled.width();
        float down = (float) box.height() / scaled.height();
        return new Placement(
                pixels,
                new Area(
                        box.left() - left * across,
                        box.top() - top * down,
                        shape.width() * across,
                        shape.height() * down),
                0);
    }

    /** Each pixel the mean of the area that it covers. */
    private static byte[] reduced(InkMap ink, Box box, ImageShape scaled) {
        BoxFilter filter = new BoxFilter(new ImageShape(box.height(), box.width(), 1), scaled);
        int[] row = new int[box.width()];
        for (int y = 0; y < box.height(); y++) {
            for (int x = 0; x < row.length; x++) {
                row[x] = ink.at(box.left() + x, box.top() + y);
            }
            filter.add(y, row);
        }
        return filter.pixels();
    }

    /**
     * The ink in a box, enlarged smoothly by cubic interpolation (Catmull and Rom, 1974): a stroke of a few pixels must
     * not become blocks. It has more contrast, for the grey rim of a stroke grows as well.
     */
    private static InkMap enlarged(InkMap ink, Box box) {
        int width = TIMES * box.width();
        int height = TIMES * box.height();
        byte[] coverage = new byte[width * height];
        for (int i = 0; i < coverage.length; i++) {
            double u = box.left() + (i % width + 0.5) / TIMES - 0.5;
            double v = box.top() + (i / width + 0.5) / TIMES - 0.5;
            int left = (int) Math.floor(u) - 1;
            int top = (int) Math.floor(v) - 1;
            double sum = 0;
            for (int k = 0; k < 16; k++) {
                int x = left + k % 4;
                int y = top + k / 4;
                sum += ink.at(x, y) * cubic(u - x) * cubic(v - y);
            }
            double sharper = 127.5 + CONTRAST * (sum - 127.5);
            coverage[i] = (byte) Math.round(Math.max(0, Math.min(255, sharper)));
        }
        return new InkMap(width, height, coverage);
    }

    /** The weight of a pixel at a distance of less than 2 pixels. */
    private static double cubic(double distance) {
        double d = Math.abs(distance);
        return d < 1 ? 1 - 2.5 * d * d + 1.5 * d * d * d : 2 - 4 * d + 2.5 * d * d - 0.5 * d * d * d;
    }

    private static int inner(int side) {
        return Math.max(1, Math.round(side * 20 / 28f));
    }

    /** Lifts the strokes of a thin or faint pen to white: reduced to the model's size they are grey. */
    private static void whiten(byte[] digit) {
        int[] count = new int[256];
        int inked = 0;
        for (byte pixel : digit) {
            count[pixel & 0xFF]++;
            inked += pixel == 0 ? 0 : 1;
        }
        int white = 0;
        for (int grey = 0; white < 255 && grey <= GREY_SHARE * inked; grey += count[white]) {
            white++;
        }
        for (int i = 0; i < digit.length; i++) {
            digit[i] = (byte) Math.min(255, ((digit[i] & 0xFF) * 255 + white / 2) / white);
        }
    }

    /**
     * Thickens strokes that are thinner than nearly all of MNIST's. The width of a stroke is about twice its area, divided
     * by the length of its outline; the outline is the sum of the differences between neighbours.
     */
    private static byte[] notThin(byte[] digit, int width) {
        double area = 0;
        double outline = 0;
        for (int i = 0; i < digit.length; i++) {
            int value = digit[i] & 0xFF;
            area += value;
            outline += Math.abs(value - (i % width == 0 ? 0 : digit[i - 1] & 0xFF));
            outline += Math.abs(value - (i < width ? 0 : digit[i - width] & 0xFF));
            outline += i % width == width - 1 ? value : 0;
            outline += i + width >= digit.length ? value : 0;
        }
        double missing = LEAST_WIDTH - 2 * area / outline;
        if (missing <= 0) {
            return digit;
        }
        byte[] thicker = new byte[digit.length];
        for (int i = 0; i < digit.length; i++) {
            int most = 0;
            most = Math.max(most, i % width == 0 ? 0 : digit[i - 1] & 0xFF);
            most = Math.max(most, i % width == width - 1 ? 0 : digit[i + 1] & 0xFF);
            most = Math.max(most, i < width ? 0 : digit[i - width] & 0xFF);
            most = Math.max(most, i + width >= digit.length ? 0 : digit[i + width] & 0xFF);
            thicker[i] = (byte) Math.max(digit[i] & 0xFF, Math.round(most * missing));
        }
        return thicker;
    }

    /** x and y, where the first pixel covers [0, 1). */
    private static double[] centreOfMass(byte[] digit, int width) {
        double mass = 0;
        double[] moments = new double[2];
        for (int i = 0; i < digit.length; i++) {
            int weight = digit[i] & 0xFF;
            mass += weight;
            moments[0] += weight * (i % width + 0.5);
            moments[1] += weight * (i / width + 0.5);
        }
        return new double[] {moments[0] / mass, moments[1] / mass};
    }

    /** Puts the centre into [side / 2, side / 2 + 1), as far as the digit stays within the image. */
    private static int offset(int side, int digit, double centre) {
        return Math.max(0, Math.min(side - digit, (int) Math.ceil(side / 2.0 - centre)));
    }
}
