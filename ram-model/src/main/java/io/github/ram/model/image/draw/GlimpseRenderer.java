package io.github.ram.model.image.draw;

import io.github.ram.model.AttentionMap;
import io.github.ram.model.Box;
import io.github.ram.model.ImageShape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Draws where a model looked. The image is enlarged so that its pixels can be seen. Each glimpse is a box, from
 * violet (the first) to yellow (the last), numbered at its centre and joined in order. Overlapping numbers are
 * moved apart.
 *
 * <p>The same input always gives the same picture. May be used by any number of threads at once.
 */
public final class GlimpseRenderer {

    /** The colour around the image: not black, so that it differs from the image's own black background. */
    static final int SURROUND = 0x20242E;

    /** The colour around what is drawn, which sets it off against white strokes as well as black. */
    static final int CASING = 0x0B0D12;

    /** Pixels that the longer side of the image is enlarged to, at most. */
    private static final int IMAGE_SIDE = 400;

    /** Pixels between the parts of a strip. */
    private static final int GAP = 16;

    private static final int PATCH_ROWS = 2;

    private static final int LINE = 3;
    private static final double PATH_RADIUS = 1.1;
    private static final double LABEL_RADIUS = 12;
    private static final double NUMERAL_HEIGHT = 11;
    private static final double NUMERAL_RADIUS = 1.15;

    private final ImageShape shape;
    private final int scale;

    /**
     * @param shape the model's images: one channel for grey or three for red, green, blue
     * @throws IllegalArgumentException if the images have another number of channels
     */
    public GlimpseRenderer(ImageShape shape) {
        this(shape, IMAGE_SIDE);
    }

    /**
     * A renderer of pictures of another size.
     *
     * @param side pixels that the longer side of the image is enlarged to, at most
     */
    public GlimpseRenderer(ImageShape shape, int side) {
        if (shape.channels() != 1 && shape.channels() != 3) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "channels must be 1 (grey) or 3 (RGB) to draw images, got %d", shape.channels()));
        }
        this.shape = shape;
        this.scale = Math.max(1, side / Math.max(shape.height(), shape.width()));
    }

    /**
     * The image with its glimpses, and room around it for boxes that reach past the border.
     *
     * @param pixels unsigned bytes 0 to 255, laid out as {@link ImageShape} says
     * @param glimpses in their order
     * @throws IllegalArgumentException if there are not as many pixels as the shape has
     */
    public BufferedImage draw(byte[] pixels, List<Box> glimpses) {
        checkSize(pixels);
        int margin = margin(glimpses);
        Canvas canvas = new Canvas(side(shape.width(), margin), side(shape.height(), margin), SURROUND);
        drawGlimpses(canvas, pixels, glimpses, margin);
        return canvas.toImage();
    }

    /**
     * The same picture, and to its right the pixels of each glimpse, enlarged, in two rows.
     *
     * @param pixels unsigned bytes 0 to 255, laid out as {@link ImageShape} says
     * @param glimpses in their order
     * @throws IllegalArgumentException if there are not as many pixels as the shape has
     */
    public BufferedImage drawStrip(byte[] pixels, List<Box> glimpses) {
        checkSize(pixels);
        int margin = margin(glimpses);
        int width = side(shape.width(), margin);
        int height = side(shape.height(), margin);
        int columns = (glimpses.size() + PATCH_ROWS - 1) / PATCH_ROWS;
        int cell = Math.max(1, (height - (PATCH_ROWS + 1) * GAP) / PATCH_ROWS);
        Canvas canvas = new Canvas(width + columns * (cell + GAP), height, SURROUND);
        for (int i = 0; i < glimpses.size(); i++) {
            int left = width + i % columns * (cell + GAP);
            int top = GAP + i / columns * (cell + GAP);
            int colour = ColourRamp.TIME.of(i, glimpses.size());
            drawPatch(canvas, pixels, glimpses.get(i), left, top, cell, colour);
            drawLabel(canvas, i + 1, left, top, colour);
        }
        drawGlimpses(canvas, pixels, glimpses, margin);
        return canvas.toImage();
    }

    /**
     * The image under each attention map, side by side in the order of the maps. A position's colour runs from dark (no
     * weight) to bright yellow (the map's largest weight) and is mixed half and half with the image.
     *
     * @param pixels unsigned bytes 0 to 255, laid out as {@link ImageShape} says
     * @param maps which cover the whole image, whatever their size; at least one
     * @throws IllegalArgumentException if there are not as many pixels as the shape has
     */
    public BufferedImage drawAttention(byte[] pixels, List<AttentionMap> maps) {
        checkSize(pixels);
        int step = shape.width() * scale + GAP;
        Canvas canvas = new Canvas(maps.size() * step - GAP, shape.height() * scale, SURROUND);
        for (int k = 0; k < maps.size(); k++) {
            AttentionMap map = maps.get(k);
            float largest = Collections.max(map.weights());
            for (int y = 0; y < shape.height(); y++) {
                for (int x = 0; x < shape.width(); x++) {
                    int row = y * map.height() / shape.height();
                    int column = x * map.width() / shape.width();
                    float weight = map.weights().get(row * map.width() + column);
                    int heat = ColourRamp.HEAT.at(largest > 0 ? weight / largest : 0);
                    int left = k * step + x * scale;
                    int top = y * scale;
                    int mixed = ColourRamp.mix(colour(pixels, x, y), heat, 0.5);
                    canvas.fill(left, top, left + scale, top + scale, mixed);
                }
            }
        }
        return canvas.toImage();
    }

    /** A picture as the bytes of a PNG file. */
    public static byte[] png(BufferedImage picture) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(picture);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    private void checkSize(byte[] pixels) {
        if (pixels.length != shape.size()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "an image of %s has %d values, got %d", shape, shape.size(), pixels.length));
        }
    }

    private int side(int pixels, int margin) {
        return (pixels + 2 * margin) * scale;
    }

    /** Image pixels to leave on each side: half the largest glimpse, for one centred on the border. */
    private int margin(List<Box> glimpses) {
        int largest = 0;
        for (Box box : glimpses) {
            largest = Math.max(largest, Math.max(box.width(), box.height()));
        }
        return Math.min(largest, Math.max(shape.height(), shape.width())) / 2;
    }

    private void drawGlimpses(Canvas canvas, byte[] pixels, List<Box> glimpses, int margin) {
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                int left = (margin + x) * scale;
                int top = (margin + y) * scale;
                canvas.fill(left, top, left + scale, top + scale, colour(pixels, x, y));
            }
        }
        int n = glimpses.size();
        List<double[]> centres = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Box box = glimpses.get(i);
            drawBox(canvas, box, margin, ColourRamp.TIME.of(i, n));
            centres.add(new double[] {(box.centreX() + margin) * scale, (box.centreY() + margin) * scale});
        }
        double[][] labels = LabelPlacement.place(
                centres, 2 * LABEL_RADIUS + 3, side(shape.width(), margin), side(shape.height(), margin));
        for (int i = 1; i < n; i++) {
            drawLine(canvas, labels[i - 1], labels[i], ColourRamp.TIME.of(i, n));
        }
        for (int i = 0; i < n; i++) {
            drawLabel(canvas, i + 1, labels[i][0], labels[i][1], ColourRamp.TIME.of(i, n));
        }
    }

    private void drawBox(Canvas canvas, Box box, int margin, int colour) {
        long left = ((long) box.left() + margin) * scale;
        long top = ((long) box.top() + margin) * scale;
        long right = left + (long) box.width() * scale;
        long bottom = top + (long) box.height() * scale;
        canvas.frame(left - 1, top - 1, right + 1, bottom + 1, LINE + 2, CASING);
        canvas.frame(left, top, right, bottom, LINE, colour);
    }

    private static void drawLine(Canvas canvas, double[] from, double[] to, int colour) {
        double[] line = {from[0], from[1], to[0], to[1]};
        canvas.stroke(line, PATH_RADIUS + 1.5, CASING);
        canvas.stroke(line, PATH_RADIUS, colour);
    }

    private static void drawLabel(Canvas canvas, int number, double x, double y, int colour) {
        double[] middle = {x, y};
        canvas.stroke(middle, LABEL_RADIUS + 1.5, CASING);
        canvas.stroke(middle, LABEL_RADIUS, colour);
        double height = Math.min(NUMERAL_HEIGHT, 1.5 * LABEL_RADIUS / DigitStrokes.width(number));
        canvas.number(number, x, y, height, NUMERAL_RADIUS, CASING);
    }

    /** Draws the pixels of one glimpse; those beyond the border of the image stay as they are. */
    private void drawPatch(Canvas canvas, byte[] pixels, Box box, int left, int top, int cell, int colour) {
        int enlarged = Math.max(1, cell / Math.max(box.width(), box.height()));
        int width = (int) Math.min(cell, (long) box.width() * enlarged);
        int height = (int) Math.min(cell, (long) box.height() * enlarged);
        for (int y = 0; y < height; y += enlarged) {
            for (int x = 0; x < width; x += enlarged) {
                long column = (long) box.left() + x / enlarged;
                long row = (long) box.top() + y / enlarged;
                if (column >= 0 && column < shape.width() && row >= 0 && row < shape.height()) {
                    int shade = colour(pixels, (int) column, (int) row);
                    canvas.fill(left + x, top + y, left + x + enlarged, top + y + enlarged, shade);
                }
            }
        }
        canvas.frame(left - LINE, top - LINE, left + width + LINE, top + height + LINE, LINE, colour);
    }

    private int colour(byte[] pixels, int x, int y) {
        int channels = shape.channels();
        int at = (y * shape.width() + x) * channels;
        int red = pixels[at] & 0xFF;
        int green = pixels[at + (channels == 3 ? 1 : 0)] & 0xFF;
        int blue = pixels[at + channels - 1] & 0xFF;
        return red << 16 | green << 8 | blue;
    }
}
