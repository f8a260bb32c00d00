package io.github.ram.training.data.drawn;

import java.util.List;
import java.util.Random;

/**
 * Writes one digit the way some hand might: a variant, wobbling points, size, slant and turn, a wider or narrower pen.
 *
 * <p>Laid out in MNIST's manner (LeCun et al. 1998, section III.A): the ink fits a box of about 20 pixels a side, its
 * proportions kept. Its centre of mass is near the centre of the 28 pixels.
 */
final class Handwriting {

    static final int SIDE = 28;

    private static final double BOX = 20;

    /** Deviation of a control point, in percent of the digit's height. */
    static final double WOBBLE = 2.6;

    private final Pen pen = new Pen(SIDE, 1.7);

    /** Writes a digit, all chance taken from {@code random}, into SIDE · SIDE bytes from {@code offset} on. */
    void write(int digit, Random random, byte[] pixels, int offset) {
        writeOneOf(Digits.variants(digit), random, pixels, offset);
    }

    /** Writes one of the variants of a digit, as {@link #write(int, Random, byte[], int)} does. */
    void writeOneOf(List<Glyph> variants, Random random, byte[] pixels, int offset) {
        List<double[][]> lines = variants.get(random.nextInt(variants.size()))
                .wobbled(WOBBLE, random)
                .polylines();
        distort(lines, random);
        write(lines, random, pixels, offset);
    }

    /** Writes lines of points (x, y), placed and scaled, all chance taken from {@code random}. */
    void write(List<double[][]> lines, Random random, byte[] pixels, int offset) {
        double width = within(1.9, 3.6, random);
        fit(lines, BOX * within(0.95, 1.03, random) - width);
        centre(lines, within(-0.8, 0.8, random), within(-0.8, 0.8, random));

        double swell = within(-0.2, 0.2, random); // the pen presses harder at the top or at the bottom
        for (double[][] line : lines) {
            for (int i = 0; i + 1 < line.length; i++) {
                double[] from = line[i];
                double[] to = line[i + 1];
                double radius = width / 2 * (1 + swell * (from[1] - SIDE / 2.0) / (BOX / 2));
                pen.line(from[0], from[1], to[0], to[1], radius);
            }
        }
        pen.lift(pixels, offset);
    }

    /** Bends, stretches, slants and turns the lines about the middle of the digit. */
    static void distort(List<double[][]> lines, Random random) {
        double bend = 0.14 * random.nextGaussian();
        double wide = within(0.75, 1.4, random);
        double slant = 0.12 + 0.22 * random.nextGaussian();
        double turn = 0.12 * random.nextGaussian();
        double cos = StrictMath.cos(turn);
        double sin = StrictMath.sin(turn);
        for (double[][] line : lines) {
            for (double[] point : line) {
                double y = point[1] - 50;
                double x = wide * (point[0] - 30) + bend * y * y / 50 - slant * y;
                point[0] = cos * x - sin * y;
                point[1] = sin * x + cos * y;
            }
        }
    }

    /** Scales the lines, proportions kept, until the longer side of their bounding box has the given length. */
    private static void fit(List<double[][]> lines, double length) {
        double left = Double.POSITIVE_INFINITY;
        double top = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        for (double[][] line : lines) {
            for (double[] point : line) {
                left = Math.min(left, point[0]);
                right = Math.max(right, point[0]);
                top = Math.min(top, point[1]);
                bottom = Math.max(bottom, point[1]);
            }
        }
        double scale = length / Math.max(right - left, bottom - top);
        for (double[][] line : lines) {
            for (double[] point : line) {
                point[0] *= scale;
                point[1] *= scale;
            }
        }
    }

    /** Moves the centre of mass of the lines, each as heavy as it is long, to (dx, dy) from the centre of the image. */
    private static void centre(List<double[][]> lines, double dx, double dy) {
        double mass = 0;
        double x = 0;
        double y = 0;
        for (double[][] line : lines) {
            for (int i = 0; i + 1 < line.length; i++) {
                double[] from = line[i];
                double[] to = line[i + 1];
                double lengthX = to[0] - from[0];
                double lengthY = to[1] - from[1];
                double length = Math.sqrt(lengthX * lengthX + lengthY * lengthY);
                mass += length;
                x += length * (from[0] + to[0]) / 2;
                y += length * (from[1] + to[1]) / 2;
            }
        }
        double moveX = SIDE / 2.0 + dx - x / mass;
        double moveY = SIDE / 2.0 + dy - y / mass;
        for (double[][] line : lines) {
            for (double[] point : line) {
                point[0] += moveX;
                point[1] += moveY;
            }
        }
    }

    private static double within(double least, double most, Random random) {
        return least + (most - least) * random.nextDouble();
    }
}
