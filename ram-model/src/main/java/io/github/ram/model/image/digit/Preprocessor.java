package io.github.ram.model.image.digit;

import io.github.ram.model.Box;
import io.github.ram.model.ImageShape;
import io.github.ram.model.image.decode.Cancellation;
import io.github.ram.model.image.decode.DecodedImage;
import io.github.ram.model.image.decode.ImageDecoder;
import io.github.ram.model.image.decode.ImageException;
import io.github.ram.model.image.decode.ImageException.Reason;
import io.github.ram.model.image.decode.ImageLimits;
import io.github.ram.model.image.digit.InputOrigin.Area;
import io.github.ram.model.image.digit.InputOrigin.Tone;
import java.util.Locale;

/**
 * Makes pictures into the input of one model: see {@link PreprocessingMode}.
 *
 * <p>May be used by any number of threads at once.
 */
public final class Preprocessor {

    /** Pixels that the longer side of a picture is reduced to before ink is looked for. */
    private static final int SEARCHED_SIDE = 256;

    /** The lightest shade of what counts as dark around a light digit. */
    private static final int DARK = 32;

    private final ImageShape shape;
    private final ImageDecoder decoder;

    /**
     * @param shape the model's images: one channel for grey or three for red, green, blue
     * @param limits how large a file may be
     * @throws IllegalArgumentException if the images have another number of channels
     */
    public Preprocessor(ImageShape shape, ImageLimits limits) {
        if (shape.channels() != 1 && shape.channels() != 3) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "channels must be 1 (grey) or 3 (RGB) to read image files, got %d", shape.channels()));
        }
        this.shape = shape;
        this.decoder = new ImageDecoder(limits);
    }

    /**
     * Decodes an image file and makes it into the model's input.
     *
     * @param file the bytes of the file
     * @throws ImageException if the file is rejected
     */
    public ModelInput prepare(byte[] file, PreprocessingMode mode) throws ImageException {
        return prepare(file, mode, Cancellation.NEVER);
    }

    /**
     * Decodes an image file and makes it into the model's input, unless the work is cancelled.
     *
     * @param file the bytes of the file
     * @param cancellation called many times by this thread; what it throws ends the work
     * @throws ImageException if the file is rejected
     */
    public ModelInput prepare(byte[] file, PreprocessingMode mode, Cancellation cancellation) throws ImageException {
        return prepare(decoder.decode(file, cancellation), mode);
    }

    /**
     * Makes an array of pixels into the model's input.
     *
     * @param pixels unsigned bytes 0 to 255 in the model's own shape, laid out as {@link ImageShape} says
     * @throws ImageException if the pixels are rejected
     */
    public ModelInput preparePixels(byte[] pixels, PreprocessingMode mode) throws ImageException {
        return prepare(DecodedImage.of(pixels, shape), mode);
    }

    /**
     * Estimates the memory that decoding a file needs at its peak: see {@link ImageDecoder#memoryToDecode}.
     *
     * @throws ImageException if the header shows that the file would be rejected
     */
    public long memoryToDecode(byte[] file) throws ImageException {
        return decoder.memoryToDecode(file);
    }

    private ModelInput prepare(DecodedImage picture, PreprocessingMode mode) throws ImageException {
        if (mode == PreprocessingMode.NONE) {
            return whole(picture);
        }
        if (mode == PreprocessingMode.AUTO && picture.shape(shape.channels()).equals(shape)) {
            ModelInput asItIs = whole(picture);
            if (isDarkAround(asItIs.pixels())) {
                requireInk(spread(asItIs.pixels()) >= InkMask.LEAST_CONTRAST);
                return asItIs;
            }
        }
        return centred(picture);
    }

    private ModelInput whole(DecodedImage picture) throws ImageException {
        ImageShape stored = picture.shape(shape.channels());
        ImageShape scaled = fit(stored, shape.height(), shape.width());
        int top = (shape.height() - scaled.height()) / 2;
        int left = (shape.width() - scaled.width()) / 2;
        float across = (float) stored.width() / scaled.width();
        float down = (float) stored.height() / scaled.height();
        return new ModelInput(
                place(picture.scaled(scaled), scaled, top, left),
                new InputOrigin(
                        PreprocessingMode.NONE,
                        new InputOrigin.Size(stored.width(), stored.height()),
                        picture.orientation(),
                        null,
                        new Area(-left * across, -top * down, shape.width() * across, shape.height() * down)));
    }

    private ModelInput centred(DecodedImage picture) throws ImageException {
        ImageShape stored = picture.shape(4);
        int longest = Math.max(stored.height(), stored.width());
        ImageShape searched = longest <= SEARCHED_SIDE ? stored : fit(stored, SEARCHED_SIDE, SEARCHED_SIDE);
        float[][] differences = TransparencyFill.under(picture.scaled(searched));
        double noise = Background.remove(differences, searched.width(), searched.height());
        InkContrast contrast = InkContrast.of(differences, noise);
        InkMask ink = InkMask.in(contrast, searched.width(), searched.height());
        requireInk(ink != null);

        Placement digit = Placement.of(ink, shape);
        float across = (float) stored.width() / searched.width();
        float down = (float) stored.height() / searched.height();
        Box box = ink.box();
        Area inked = new Area(box.left(), box.top(), box.width(), box.height()).scaled(across, down);
        return new ModelInput(
                digit.pixels(),
                new InputOrigin(
                        PreprocessingMode.MNIST,
                        new InputOrigin.Size(stored.width(), stored.height()),
                        picture.orientation(),
                        new InputOrigin.Ink(contrast.lighter() ? Tone.LIGHT : Tone.DARK, inked.inPixels()),
                        digit.area().scaled(across, down)));
    }

    /** The largest shape of these proportions, and channels, that fits. */
    static ImageShape fit(ImageShape source, int height, int width) {
        boolean fillsWidth = (long) source.width() * height >= (long) source.height() * width;
        return fillsWidth
                ? new ImageShape(scaled(source.height(), width, source.width()), width, source.channels())
                : new ImageShape(height, scaled(source.width(), height, source.height()), source.channels());
    }

    private static int scaled(int side, int numerator, int denominator) {
        return Math.max(1, (int) Math.round((double) side * numerator / denominator));
    }

    private byte[] place(byte[] pixels, ImageShape from, int top, int left) {
        byte[] placed = new byte[shape.size()];
        int row = from.width() * from.channels();
        for (int y = 0; y < from.height(); y++) {
            int to = ((top + y) * shape.width() + left) * shape.channels();
            System.arraycopy(pixels, y * row, placed, to, row);
        }
        return placed;
    }

    private boolean isDarkAround(byte[] pixels) {
        int border = 0;
        int dark = 0;
        int row = shape.width() * shape.channels();
        for (int i = 0; i < pixels.length; i++) {
            int y = i / row;
            int x = i % row / shape.channels();
            if (y == 0 || y == shape.height() - 1 || x == 0 || x == shape.width() - 1) {
                border++;
                dark += (pixels[i] & 0xFF) <= DARK ? 1 : 0;
            }
        }
        return 2 * dark >= border;
    }

    private static int spread(byte[] pixels) {
        int least = 255;
        int most = 0;
        for (byte pixel : pixels) {
            least = Math.min(least, pixel & 0xFF);
            most = Math.max(most, pixel & 0xFF);
        }
        return most - least;
    }

    private static void requireInk(boolean found) throws ImageException {
        if (!found) {
            throw new ImageException(
                    Reason.UNUSABLE,
                    "the picture shows no ink: nothing on it stands out from its background, so there is no digit to read");
        }
    }
}
