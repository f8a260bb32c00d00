package io.github.ram.training.pictures;

import io.github.ram.training.data.drawn.Letters;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Kinds of pictures that do not show one digit. Each is drawn in many sizes, places, strokes and colours. */
enum OtherKind {
    LETTER {
        @Override
        BufferedImage draw(byte[] first, byte[] second, Random random) {
            String letters = Letters.letters();
            return letter(letters.charAt(random.nextInt(letters.length())), random);
        }
    },
    SIGN {
        @Override
        BufferedImage draw(byte[] first, byte[] second, Random random) {
            String signs = Letters.signs();
            return letter(signs.charAt(random.nextInt(signs.length())), random);
        }
    },
    SCRIBBLE {
        @Override
        BufferedImage draw(byte[] first, byte[] second, Random random) {
            return onPage(scribble(random), random);
        }
    },
    EMPTY_CELL {
        @Override
        BufferedImage draw(byte[] first, byte[] second, Random random) {
            int side = 60 + random.nextInt(200);
            Sheet page = new Sheet(side, side);
            if (random.nextBoolean()) {
                page.bar(0, 0, side, 2, 1).bar(0, side - 2, side, side, 1);
                page.bar(0, 0, 2, side, 1).bar(side - 2, 0, side, side, 1);
            }
            int specks = 1 + random.nextInt(8);
            for (int i = 0; i < specks; i++) {
                double x = side * (0.1 + 0.8 * random.nextDouble());
                double y = side * (0.1 + 0.8 * random.nextDouble());
                double radius = 0.8 + 0.012 * side * random.nextDouble();
                double[] end = {x + radius * random.nextGaussian(), y + radius * random.nextGaussian()};
                page.line(new double[][] {{x, y}, end}, radius);
            }
            return Sheet.noisy(page.in(PictureKind.ink(random), PictureKind.paper(random)), 2, random);
        }
    },
    TWO_DIGITS {
        @Override
        BufferedImage draw(byte[] first, byte[] second, Random random) {
            double size = 3 + 4 * random.nextDouble();
            Sheet page = new Sheet((int) (56 * size), (int) (36 * size));
            double left = size * (1 + 2 * random.nextDouble());
            page.digit(first, left, 4 * size, size);
            int[] at = page.bounds();
            double gap = size * (9 * random.nextDouble() - 4);
            double next = size * (0.85 + 0.3 * random.nextDouble());
            int[] other =
                    new Sheet(page.width, page.height).digit(second, 0, 0, next).bounds();
            page.digit(second, at[2] + gap - other[0], size * (3 + 3 * random.nextDouble()), next);
            return page.in(PictureKind.ink(random), PictureKind.paper(random));
        }
    };

    /** Draws a picture; two digits of 28×28 pixels are shown by some kinds. */
    abstract BufferedImage draw(byte[] first, byte[] second, Random random);

    /** A letter or a sign somewhere on a page. */
    static BufferedImage letter(char letter, Random random) {
        return onPage(Letters.lines(letter, random), random);
    }

    /** One to four strokes. */
    static List<double[][]> scribble(Random random) {
        List<double[][]> lines = new ArrayList<>();
        int strokes = Math.max(1, random.nextInt(6) - 1);
        for (int i = 0; i < strokes; i++) {
            lines.add(stroke(random));
        }
        return lines;
    }

    /** A stroke through random points, or along a loop; round or with corners. */
    private static double[][] stroke(Random random) {
        int points = 5 + random.nextInt(random.nextInt(4) == 0 ? 20 : 6);
        boolean loop = random.nextInt(4) == 0;
        boolean corners = random.nextInt(3) == 0;
        double width = 10 + 40 * random.nextDouble();
        double height = 10 + 40 * random.nextDouble();
        double across = 8 * random.nextDouble();
        double down = 4 * random.nextGaussian();
        double[][] stroke = new double[points][];
        for (int i = 0; i < points; i++) {
            stroke[i] = loop
                    ? new double[] {
                        width * StrictMath.cos(0.9 * i) + across * i, height * StrictMath.sin(0.9 * i) + down * i
                    }
                    : new double[] {100 * random.nextDouble(), 100 * random.nextDouble()};
        }
        return Letters.curve(stroke, corners);
    }

    /** Lines somewhere on a square page, a third to four fifths of it long. */
    private static BufferedImage onPage(List<double[][]> lines, Random random) {
        int side = 70 + random.nextInt(200);
        double length = side * (0.35 + 0.45 * random.nextDouble());
        double radius = length * (0.035 + 0.055 * random.nextDouble());
        double[] low = {Double.MAX_VALUE, Double.MAX_VALUE};
        double[] high = {-Double.MAX_VALUE, -Double.MAX_VALUE};
        for (double[] point : (Iterable<double[]>) lines.stream().flatMap(Stream::of)::iterator) {
            for (int k = 0; k < 2; k++) {
                low[k] = Math.min(low[k], point[k]);
                high[k] = Math.max(high[k], point[k]);
            }
        }
        double size = (length - 2 * radius) / Math.max(1e-3, Math.max(high[0] - low[0], high[1] - low[1]));
        double[] at = new double[2];
        for (int k = 0; k < 2; k++) {
            double room = side - size * (high[k] - low[k]) - 2 * radius;
            at[k] = radius + room * (0.1 + 0.8 * random.nextDouble()) - size * low[k];
        }
        Sheet page = new Sheet(side, side);
        for (double[][] line : lines) {
            double[][] placed = new double[line.length][];
            for (int i = 0; i < line.length; i++) {
                placed[i] = new double[] {at[0] + size * line[i][0], at[1] + size * line[i][1]};
            }
            page.line(placed, radius);
        }
        return page.in(PictureKind.ink(random), PictureKind.paper(random));
    }
}
