package io.github.ram.model.image.decode;

import io.github.ram.model.Box;
import io.github.ram.model.ImageShape;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.stream.IntStream;

/**
 * A decoded image of any size and colours. Positions are in pixels of the upright image.
 *
 * <ul>
 *   <li>Grey samples of 8 bits are taken as they are, of 16 bits as v · 255 / 65535 rounded. If no colour of the image
 *       exceeds 8, 10 or 12 bits, as cameras and instruments write them, then these bits are the range instead.
 *   <li>Colour becomes grey as (299 R + 587 G + 114 B) / 1000 rounded, the luma of ITU-R BT.601, which maps a
 *       grey colour to itself. Grey becomes colour with R = G = B.
 *   <li>Transparent pixels are laid over black: v · alpha / 255 rounded.
 * </ul>
 */
public final class DecodedImage {

    private final BufferedImage image;
    private final Orientation orientation;
    private final Cancellation cancellation;
    private int white; // of samples of 16 bits; 0 before it is known

    /**
     * @param image as it is stored
     * @param orientation how it is to be turned to stand upright
     * @param cancellation called with every row
     */
    DecodedImage(BufferedImage image, Orientation orientation, Cancellation cancellation) {
        this.image = image;
        this.orientation = orientation;
        this.cancellation = cancellation;
    }

    /**
     * An upright image of these pixels.
     *
     * @param pixels unsigned bytes 0 to 255, laid out as {@link ImageShape} says; not copied
     * @param shape of one or three channels
     */
    public static DecodedImage of(byte[] pixels, ImageShape shape) {
        int channels = shape.channels();
        int[] offsets = channels == 1 ? new int[] {0} : new int[] {0, 1, 2};
        WritableRaster raster = Raster.createInterleavedRaster(
                new DataBufferByte(pixels, pixels.length),
                shape.width(),
                shape.height(),
                shape.width() * channels,
                channels,
                offsets,
                null);
        ColorSpace colours = ColorSpace.getInstance(channels == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
        ComponentColorModel model =
                new ComponentColorModel(colours, false, false, ComponentColorModel.OPAQUE, DataBuffer.TYPE_BYTE);
        return new DecodedImage(new BufferedImage(model, raster, false, null), Orientation.UPRIGHT, Cancellation.NEVER);
    }

    /** Rows and columns of the upright image. */
    public ImageShape shape(int channels) {
        return orientation.turn(stored(channels));
    }

    /** The orientation as Exif codes it: 1 upright, 6 stored turned by 90°, … */
    public int orientation() {
        return orientation.code();
    }

    /** Whether the format has no transparency. */
    public boolean isOpaque() {
        return !image.getColorModel().hasAlpha();
    }

    /**
     * The whole image, upright and scaled.
     *
     * @param target the shape of the result: 1 channel for grey, 3 for RGB, 4 for RGB premultiplied with alpha,
     *     and alpha
     * @return [height, width, channels], laid out as {@link ImageShape} says
     * @throws ImageException if the colours are neither grey nor RGB
     */
    public byte[] scaled(ImageShape target) throws ImageException {
        ImageShape shape = shape(1);
        return scaled(new Box(0, 0, shape.width(), shape.height()), target);
    }

    /**
     * Returns the largest part in the middle of the image that has the proportions of the target, in whole pixels. An
     * odd pixel more is left out on the right or at the bottom.
     *
     * @param target the shape that the part will be scaled to
     */
    public Box middle(ImageShape target) {
        ImageShape shape = shape(1);
        long wide = (long) shape.height() * target.width(); // in proportion to the target's height
        long high = (long) shape.width() * target.height();
        int width = (int) Math.max(1, Math.min(shape.width(), wide / target.height()));
        int height = (int) Math.max(1, Math.min(shape.height(), high / target.width()));
        return new Box((shape.width() - width) / 2, (shape.height() - height) / 2, width, height);
    }

    /**
     * A part of the image, upright and scaled: each pixel is the mean of the area that it covers.
     *
     * @param part within the image
     * @param target the shape of the result, its channels as in {@link #scaled(ImageShape)}
     * @return [height, width, channels], laid out as {@link ImageShape} says
     * @throws ImageException if the colours are neither grey nor RGB
     */
    public byte[] scaled(Box part, ImageShape target) throws ImageException {
        Box box = orientation.stored(part, stored(1));
        PixelRows rows = new PixelRows(image, box, target.channels(), white());
        ImageShape source = new ImageShape(box.height(), box.width(), target.channels());
        ImageShape turned = orientation.turn(target); // exchanges the sides as they were stored
        if (source.equals(turned)) {
            return orientation.turn(pixels(rows, source), source); // equals the filter's result, in a third of the time
        }
        BoxFilter filter = new BoxFilter(source, turned);
        int[] row = new int[source.width() * source.channels()];
        for (int y = 0; y < source.height(); y++) {
            cancellation.throwIfCancelled();
            rows.read(y, row);
            filter.add(y, row);
        }
        return orientation.turn(filter.pixels(), turned);
    }

    /** Returns the value of a colour of 16 bits that becomes 255. */
    private int white() {
        if (white == 0) {
            int bits = image.getSampleModel().getSampleSize(0) == Short.SIZE ? bits(largestColour()) : Short.SIZE;
            white = (1 << bits) - 1;
        }
        return white;
    }

    private static int bits(int largest) {
        return IntStream.of(8, 10, 12)
                .filter(bits -> largest >> bits == 0)
                .findFirst()
                .orElse(Short.SIZE);
    }

    /** Returns the largest value of a colour, or one above 12 bits. */
    private int largestColour() {
        Raster raster = image.getRaster();
        int bands = raster.getNumBands();
        int colours = isOpaque() ? bands : bands - 1;
        int[] row = new int[raster.getWidth() * bands];
        int largest = 0;
        for (int y = 0; y < raster.getHeight() && largest >> 12 == 0; y++) {
            cancellation.throwIfCancelled();
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
            for (int i = 0; i < row.length; i++) {
                if (i % bands < colours) {
                    largest = Math.max(largest, row[i]);
                }
            }
        }
        return largest;
    }

    private ImageShape stored(int channels) {
        return new ImageShape(image.getHeight(), image.getWidth(), channels);
    }

    private static byte[] pixels(PixelRows rows, ImageShape stored) {
        byte[] pixels = new byte[stored.size()];
        int[] row = new int[stored.width() * stored.channels()];
        for (int y = 0; y < stored.height(); y++) {
            rows.read(y, row);
            for (int k = 0; k < row.length; k++) {
                pixels[y * row.length + k] = (byte) row[k];
            }
        }
        return pixels;
    }
}
