package io.github.ram.model.image.decode;

import io.github.ram.model.Box;
import io.github.ram.model.image.decode.ImageException.Reason;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * The rows of a decoded image as values 0 to 255: one channel for grey, three for RGB, four for RGB and
 * alpha. Colours are laid over black, so beside alpha they are premultiplied with it.
 *
 * <p>Samples are read from the raster. {@link BufferedImage#getRGB} treats grey images as linear
 * light and brightens them: 100 becomes 168.
 */
final class PixelRows {

    private static final int ALL_16_BITS = 0xFFFF;

    private final Raster raster;
    private final Box part;
    private final int channels;
    private final int bands;
    private final boolean grey;
    private final boolean alpha;
    private final long[] largest;
    private final IndexColorModel palette;
    private final int[] samples;
    private final int[] rgba = new int[4];

    /**
     * @param image the result of an ImageIO reader
     * @param part of the image to read, in its stored pixels
     * @param channels 1, 3 or 4
     * @param white the value of a colour that becomes 255, for samples of 16 bits
     * @throws ImageException if the colours are neither grey nor RGB
     */
    PixelRows(BufferedImage image, Box part, int channels, int white) throws ImageException {
        this.raster = image.getRaster();
        this.part = part;
        this.channels = channels;
        this.bands = raster.getNumBands();
        ColorModel model = image.getColorModel();
        this.palette = model instanceof IndexColorModel indexed ? indexed : null;
        int colours = model.getColorSpace().getType();
        this.grey = colours == ColorSpace.TYPE_GRAY;
        if (!grey && colours != ColorSpace.TYPE_RGB) {
            throw new ImageException(Reason.UNUSABLE, "the image's colours are neither grey nor RGB: save it as PNG");
        }
        this.alpha = model.hasAlpha();
        this.largest = new long[bands];
        for (int band = 0; band < bands; band++) {
            largest[band] = (1L << raster.getSampleModel().getSampleSize(band)) - 1;
            if (largest[band] == ALL_16_BITS && !(alpha && band == bands - 1)) {
                largest[band] = white;
            }
        }
        this.samples = new int[part.width() * bands];
    }

    /** Reads row y of the part: the channels of one pixel side by side. */
    void read(int y, int[] row) {
        raster.getPixels(raster.getMinX() + part.left(), raster.getMinY() + part.top() + y, part.width(), 1, samples);
        if (channels == 1 && bands == 1 && grey && largest[0] == 255) { // as MNIST's images: nothing is to be changed
            System.arraycopy(samples, 0, row, 0, part.width());
            return;
        }
        for (int x = 0; x < part.width(); x++) {
            if (palette != null) {
                lookUp(samples[x]);
            } else {
                scale(x * bands);
            }
            int r = overBlack(rgba[0]);
            int g = overBlack(rgba[1]);
            int b = overBlack(rgba[2]);
            if (channels == 1) {
                row[x] = (299 * r + 587 * g + 114 * b + 500) / 1000;
            } else {
                row[channels * x] = r;
                row[channels * x + 1] = g;
                row[channels * x + 2] = b;
            }
            if (channels == 4) {
                row[4 * x + 3] = rgba[3];
            }
        }
    }

    private void lookUp(int index) {
        rgba[0] = palette.getRed(index);
        rgba[1] = palette.getGreen(index);
        rgba[2] = palette.getBlue(index);
        rgba[3] = palette.getAlpha(index);
    }

    private void scale(int at) {
        for (int colour = 0; colour < 3; colour++) {
            rgba[colour] = to8Bits(at, grey ? 0 : colour);
        }
        rgba[3] = alpha ? to8Bits(at, bands - 1) : 255;
    }

    private int to8Bits(int at, int band) {
        long most = largest[band];
        return (int) ((Integer.toUnsignedLong(samples[at + band]) * 255 + most / 2) / most);
    }

    private int overBlack(int value) {
        return (value * rgba[3] + 127) / 255;
    }
}
