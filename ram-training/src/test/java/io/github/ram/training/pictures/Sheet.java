package io.github.ram.training.pictures;

import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** A page that tests draw on: how much ink covers each pixel, then colours, light and noise. */
final class Sheet {

    final int width;
    final int height;

    /** Share of ink, 0 to 1, by pixel [height · width]. */
    final float[] ink;

    Sheet(int width, int height) {
        this.width = width;
        this.height = height;
        this.ink = new float[width * height];
    }

    /** Draws a 28×28 image with its top left corner at (left, top), each pixel of the given size, smoothly. */
    Sheet digit(byte[] pixels, double left, double top, double size) {
        return digit(pixels, left, top, size, 0);
    }

    /** The same, turned by an angle in radians around the middle of the image. */
    Sheet digit(byte[] pixels, double left, double top, double size, double angle) {
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        int samples = size < 1 ? (int) Math.ceil(2 / size) : 2;
        double reach = 14 + 8 * Math.abs(sin); // from the middle to all ink, in pixels of the image
        int bottom = (int) Math.min(height, Math.ceil(top + (15 + reach) * size));
        int right = (int) Math.min(width, Math.ceil(left + (15 + reach) * size));
        for (int y = (int) Math.max(0, top + (13 - reach) * size); y < bottom; y++) {
            for (int x = (int) Math.max(0, left + (13 - reach) * size); x < right; x++) {
                double sum = 0;
                for (int s = 0; s < samples * samples; s++) {
                    double u = (x + (s % samples + 0.5) / samples - left) / size - 14;
                    double v = (y + (s / samples + 0.5) / samples - top) / size - 14;
                    sum += sample(pixels, u * cos + v * sin + 13.5, v * cos - u * sin + 13.5);
                }
                add(x, y, sum / (samples * samples));
            }
        }
        return this;
    }

    private static double sample(byte[] pixels, double x, double y) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        double across = x - left;
        double down = y - top;
        return (1 - down) * ((1 - across) * at(pixels, left, top) + across * at(pixels, left + 1, top))
                + down * ((1 - across) * at(pixels, left, top + 1) + across * at(pixels, left + 1, top + 1));
    }

    private static double at(byte[] pixels, int x, int y) {
        return x < 0 || y < 0 || x > 27 || y > 27 ? 0 : (pixels[28 * y + x] & 0xFF) / 255.0;
    }

    /** Lays ink of a share over what is there. */
    void add(int x, int y, double share) {
        if (x >= 0 && y >= 0 && x < width && y < height) {
            ink[y * width + x] = (float) Math.max(ink[y * width + x], share);
        }
    }

    /** Draws a line through points (x, y) with round ends, of a pen of that radius. */
    Sheet line(double[][] points, double radius) {
        for (int i = 0; i < points.length; i++) {
            double[] from = points[Math.max(0, i - 1)];
            double[] to = points[i];
            int right = (int) (Math.max(from[0], to[0]) + radius + 1);
            int bottom = (int) (Math.max(from[1], to[1]) + radius + 1);
            for (int y = (int) (Math.min(from[1], to[1]) - radius - 1); y <= bottom; y++) {
                for (int x = (int) (Math.min(from[0], to[0]) - radius - 1); x <= right; x++) {
                    double distance = Line2D.ptSegDist(from[0], from[1], to[0], to[1], x + 0.5, y + 0.5);
                    add(x, y, Math.min(1, radius + 0.5 - distance));
                }
            }
        }
        return this;
    }

    /** Fills a rectangle with ink of a share. */
    Sheet bar(int left, int top, int right, int bottom, double share) {
        for (int y = Math.max(0, top); y < Math.min(height, bottom); y++) {
            for (int x = Math.max(0, left); x < Math.min(width, right); x++) {
                add(x, y, share);
            }
        }
        return this;
    }

    /** Applies a filter of the 3×3 neighbourhood: the most (thicker strokes) or the least ink. */
    Sheet thicken(int times) {
        for (int round = 0; round < times; round++) {
            float[] before = ink.clone();
            for (int y = 1; y < height - 1; y++) {
                for (int x = 1; x < width - 1; x++) {
                    int i = y * width + x;
                    float most = before[i];
                    most = Math.max(most, Math.max(before[i - 1], before[i + 1]));
                    ink[i] = Math.max(most, Math.max(before[i - width], before[i + width]));
                }
            }
        }
        return this;
    }

    /** Leaves the outline of the ink: a line around it, so many pixels wide. */
    Sheet outline(int pixels) {
        float[] inside = ink.clone();
        thicken(pixels);
        for (int i = 0; i < ink.length; i++) {
            ink[i] -= inside[i];
        }
        return this;
    }

    /** The part between two corners. */
    Sheet cut(int left, int top, int right, int bottom) {
        Sheet part = new Sheet(right - left, bottom - top);
        for (int y = 0; y < part.height; y++) {
            System.arraycopy(ink, (top + y) * width + left, part.ink, y * part.width, part.width);
        }
        return part;
    }

    /** Left, top, right and bottom of what has at least half the ink. */
    int[] bounds() {
        int[] bounds = {width, height, 0, 0};
        for (int i = 0; i < ink.length; i++) {
            if (ink[i] >= 0.5f) {
                bounds[0] = Math.min(bounds[0], i % width);
                bounds[1] = Math.min(bounds[1], i / width);
                bounds[2] = Math.max(bounds[2], i % width + 1);
                bounds[3] = Math.max(bounds[3], i / width + 1);
            }
        }
        return bounds;
    }

    /** The ink as unsigned bytes, row by row. */
    byte[] pixels() {
        byte[] pixels = new byte[ink.length];
        for (int i = 0; i < ink.length; i++) {
            pixels[i] = (byte) Math.round(255 * ink[i]);
        }
        return pixels;
    }

    /** In two colours, 0xRRGGBB. */
    BufferedImage in(int colour, int paper) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < ink.length; i++) {
            picture.setRGB(i % width, i / width, mix(paper, colour, ink[i]));
        }
        return picture;
    }

    /** Over another sheet's ink, such as lines, in three colours. */
    BufferedImage over(Sheet lines, int colour, int lineColour, int paper) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < ink.length; i++) {
            picture.setRGB(i % width, i / width, mix(mix(paper, lineColour, lines.ink[i]), colour, ink[i]));
        }
        return picture;
    }

    private static int mix(int from, int to, double share) {
        int mixed = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int a = from >> shift & 0xFF;
            int b = to >> shift & 0xFF;
            mixed |= (int) Math.round(a + (b - a) * share) << shift;
        }
        return mixed;
    }

    /** Adds normal noise of a standard deviation in shades. */
    static BufferedImage noisy(BufferedImage picture, double deviation, Random random) {
        return lit(picture, deviation, random, (x, y) -> 1);
    }

    /** The picture that is left of it in a JPEG file of a quality in (0, 1]. */
    static BufferedImage jpeg(BufferedImage picture, float quality) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam settings = writer.getDefaultWriteParam();
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(quality);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), settings);
            out.flush();
            return ImageIO.read(new ByteArrayInputStream(file.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
    }

    /** The light that falls on a pixel, 1 for all of it. */
    interface Light {
        double at(int x, int y);
    }

    /** Applies light, then adds normal noise. */
    static BufferedImage lit(BufferedImage picture, double deviation, Random random, Light light) {
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                int rgb = picture.getRGB(x, y);
                double share = light.at(x, y);
                int shot = 0;
                for (int shift = 0; shift <= 16; shift += 8) {
                    double value = (rgb >> shift & 0xFF) * share + deviation * random.nextGaussian();
                    shot |= (int) Math.max(0, Math.min(255, Math.round(value))) << shift;
                }
                picture.setRGB(x, y, shot);
            }
        }
        return picture;
    }
}
