package io.github.ram.model.image.digit;

import io.github.ram.model.image.draw.Canvas;
import java.awt.image.BufferedImage;
import java.util.Random;

/** Pictures of digits, drawn as people might. */
final class DrawnDigits {

    static final int WHITE = 0xFFFFFF;
    static final int BLACK = 0x000000;

    private DrawnDigits() {}

    /** A digit in the middle of a picture, six tenths of its height. */
    static BufferedImage drawn(int digit, int width, int height, int ink, int paper) {
        return drawn(digit, width, height, width / 2.0, height / 2.0, 0.6 * height, 0.035 * height, ink, paper);
    }

    /** A digit with its middle at (x, y), so high between the middles of its strokes, of a pen of that radius. */
    static BufferedImage drawn(
            int digit, int width, int height, double x, double y, double high, double radius, int ink, int paper) {
        Canvas canvas = new Canvas(width, height, paper);
        canvas.number(digit, x, y, high, radius, ink);
        return canvas.toImage();
    }

    /** The same picture as a camera might take it: darker from one side to the other, with noise. */
    static BufferedImage photographed(BufferedImage picture, int seed) {
        Random random = new Random(seed);
        int width = picture.getWidth();
        int height = picture.getHeight();
        BufferedImage photograph = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double light = 0.85 - 0.2 * x / width - 0.2 * y / height;
                int rgb = picture.getRGB(x, y);
                int shot = 0;
                for (int shift = 0; shift <= 16; shift += 8) {
                    double value = (20 + 0.8 * (rgb >> shift & 0xFF)) * light + 6 * random.nextGaussian();
                    shot |= (int) Math.max(0, Math.min(255, Math.round(value))) << shift;
                }
                photograph.setRGB(x, y, shot);
            }
        }
        return photograph;
    }

    /** The mean difference of two arrays of pixels, in shades. */
    static double difference(byte[] a, byte[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs((a[i] & 0xFF) - (b[i] & 0xFF));
        }
        return sum / a.length;
    }
}
