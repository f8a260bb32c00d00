package io.github.ram.model.image.digit;

import io.github.ram.model.Box;
import io.github.ram.model.ImageShape;
import io.github.ram.model.image.decode.BoxFilter;
import io.github.ram.model.image.digit.InputOrigin.Area;

/**
 * InkMask in the middle of an image, as MNIST has it: the box around it scaled to 20/28 of the image's side,
 * then moved by whole pixels until its centre of mass is within half a pixel of the middle one's centre.
 *
 * @param pixels laid out as {@link ImageShape} says, light on black
 * @param area what of the ink's picture the image shows, in that picture's pixels
 */
record Placement(byte[] pixels, Area area) {

    /** The share of a digit's pixels that may stay below full white: smooth edges, faint strokes. */
    private static final double GREY_SHARE = 0.9;

    static Placement of(InkMap ink, Box box, ImageShape shape) {
        ImageShape source = new ImageShape(box.height(), box.width(), 1);
        ImageShape scaled = Preprocessor.fit(source, inner(shape.height()), inner(shape.width()));
        boolean enlarge = scaled.height() >= 1.5 * source.height();
        byte[] digit = enlarge ? enlarged(ink, box, scaled) : reduced(ink, box, scaled);
        whiten(digit);
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
                        shape.height() * down));
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

    /** Smoothly, by bilinear interpolation: a stroke of a few pixels must not become blocks. */
    private static byte[] enlarged(InkMap ink, Box box, ImageShape scaled) {
        byte[] pixels = new byte[scaled.size()];
        for (int i = 0; i < pixels.length; i++) {
            double u = box.left() + (i % scaled.width() + 0.5) * box.width() / scaled.width() - 0.5;
            double v = box.top() + (i / scaled.width() + 0.5) * box.height() / scaled.height() - 0.5;
            int left = (int) Math.floor(u);
            int top = (int) Math.floor(v);
            double above = ink.at(left, top) + (u - left) * (ink.at(left + 1, top) - ink.at(left, top));
            double below = ink.at(left, top + 1) + (u - left) * (ink.at(left + 1, top + 1) - ink.at(left, top + 1));
            pixels[i] = (byte) Math.round(above + (v - top) * (below - above));
        }
        return pixels;
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
