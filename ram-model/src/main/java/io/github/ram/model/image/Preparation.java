package io.github.ram.model.image;

import io.github.ram.model.ImageShape;
import io.github.ram.model.image.ImageException.Reason;
import io.github.ram.model.image.Preprocessing.Area;
import io.github.ram.model.image.Preprocessing.Tone;

/** Makes pictures into the input of one model: see {@link Preprocess}. */
final class Preparation {

    /** Pixels that the longer side of a picture is reduced to before ink is looked for. */
    private static final int SEARCHED_SIDE = 256;

    /** The lightest shade of what counts as dark around a light digit. */
    private static final int DARK = 32;

    private final ImageShape shape;

    /**
     * @param shape the model's images, of one or three channels
     */
    Preparation(ImageShape shape) {
        this.shape = shape;
    }

    ImageShape shape() {
        return shape;
    }

    PreparedImage prepare(Picture picture, Preprocess way) throws ImageException {
        if (way == Preprocess.NONE) {
            return whole(picture);
        }
        if (way == Preprocess.AUTO && picture.shape(shape.channels()).equals(shape)) {
            PreparedImage asItIs = whole(picture);
            if (isDarkAround(asItIs.pixels())) {
                requireInk(spread(asItIs.pixels()) >= Ink.LEAST_CONTRAST);
                return asItIs;
            }
        }
        return centred(picture);
    }

    private PreparedImage whole(Picture picture) throws ImageException {
        ImageShape stored = picture.shape(shape.channels());
        ImageShape scaled = fit(stored, shape.height(), shape.width());
        int top = (shape.height() - scaled.height()) / 2;
        int left = (shape.width() - scaled.width()) / 2;
        float across = (float) stored.width() / scaled.width();
        float down = (float) stored.height() / scaled.height();
        return new PreparedImage(
                place(picture.scaled(scaled), scaled, top, left),
                new Preprocessing(
                        Preprocess.NONE,
                        new Preprocessing.Size(stored.width(), stored.height()),
                        picture.orientation().code(),
                        null,
                        new Area(-left * across, -top * down, shape.width() * across, shape.height() * down)));
    }

    private PreparedImage centred(Picture picture) throws ImageException {
        ImageShape stored = picture.shape(4);
        int longest = Math.max(stored.height(), stored.width());
        ImageShape searched = longest <= SEARCHED_SIDE ? stored : fit(stored, SEARCHED_SIDE, SEARCHED_SIDE);
        float[][] differences = Backdrop.under(picture.scaled(searched));
        double noise = Paper.remove(differences, searched.width(), searched.height());
        Contrast contrast = Contrast.of(differences, noise);
        Ink ink = Ink.in(contrast, searched.width(), searched.height());
        requireInk(ink != null);

        Centred digit = Centred.of(ink, shape);
        float across = (float) stored.width() / searched.width();
        float down = (float) stored.height() / searched.height();
        GlimpseBox box = ink.box();
        Area inked = new Area(box.left(), box.top(), box.width(), box.height()).scaled(across, down);
        return new PreparedImage(
                digit.pixels(),
                new Preprocessing(
                        Preprocess.MNIST,
                        new Preprocessing.Size(stored.width(), stored.height()),
                        picture.orientation().code(),
                        new Preprocessing.Ink(contrast.lighter() ? Tone.LIGHT : Tone.DARK, inked.inPixels()),
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
