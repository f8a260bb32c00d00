package io.github.ram.model.image;

import io.github.ram.model.ImageShape;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/**
 * A decoded image, of any size and colours.
 *
 * @param image as it is stored
 * @param orientation how it is to be turned to stand upright
 * @param wanted asked with every row
 */
record Picture(BufferedImage image, Orientation orientation, Wanted wanted) {

    /**
     * An upright picture of these pixels.
     *
     * @param pixels unsigned bytes 0 to 255, laid out as {@link ImageShape} says; not copied
     * @param shape of one or three channels
     */
    static Picture of(byte[] pixels, ImageShape shape) {
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
        return new Picture(new BufferedImage(model, raster, false, null), Orientation.UPRIGHT, Wanted.ALWAYS);
    }

    /** Rows and columns of the picture upright. */
    ImageShape shape(int channels) {
        return orientation.turn(new ImageShape(image.getHeight(), image.getWidth(), channels));
    }

    /**
     * The picture upright, scaled.
     *
     * @param target the shape it is to have; its channels are as in {@link PixelRows}
     * @return laid out as {@link ImageShape} says
     * @throws ImageException if its colours are neither grey nor RGB
     */
    byte[] scaled(ImageShape target) throws ImageException {
        int channels = target.channels();
        PixelRows rows = new PixelRows(image, channels);
        ImageShape stored = new ImageShape(image.getHeight(), image.getWidth(), channels);
        ImageShape turned = orientation.turn(target); // exchanges sides as they were exchanged when it was stored
        if (stored.equals(turned)) {
            return orientation.turn(pixels(rows, stored), stored); // what the filter would give, in a third of the time
        }
        BoxFilter filter = new BoxFilter(stored, turned);
        int[] row = new int[image.getWidth() * channels];
        for (int y = 0; y < image.getHeight(); y++) {
            wanted.require();
            rows.read(y, row);
            filter.add(y, row);
        }
        return orientation.turn(filter.pixels(), turned);
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
