package io.github.ram.model.image.digit;

import io.github.ram.model.Box;
import io.github.ram.model.ImageShape;
import io.github.ram.model.checkpoint.Manifest;
import io.github.ram.model.image.decode.Cancellation;
import io.github.ram.model.image.decode.DecodedImage;
import io.github.ram.model.image.decode.ImageDecoder;
import io.github.ram.model.image.decode.ImageException;
import io.github.ram.model.image.decode.ImageException.Reason;
import io.github.ram.model.image.decode.ImageLimits;
import io.github.ram.model.image.digit.InputOrigin.Area;
import io.github.ram.model.image.digit.InputOrigin.Tone;
import io.github.ram.model.image.digit.background.Background;
import java.util.List;
import java.util.Locale;

/**
 * Makes pictures into the input of one model: see {@link PreprocessingMode}. Training reads pictures in folders by it as
 * well, so that training and serving see the same pixels.
 *
 * <p>May be used by any number of threads at once.
 */
public final class Preprocessor {

    /** The lightest shade that still counts as black. */
    private static final int DARK = 32;

    /** The least shade of the lightest pixel of an image like MNIST's. */
    private static final int LIGHT = 200;

    /** The share of a picture's side that a digit fills which reaches from edge to edge. */
    private static final double FILLED = 0.9;

    private final ImageShape shape;
    private final InputLayout layout;
    private final ImageDecoder decoder;
    private final boolean warned;

    /**
     * A preprocessor for a model of digits.
     *
     * @param shape the model's images: one channel for grey or three for red, green, blue
     * @param limits how large a file may be
     * @throws IllegalArgumentException if the images have another number of channels
     */
    public Preprocessor(ImageShape shape, ImageLimits limits) {
        this(shape, limits, InputLayout.CENTRED_DIGIT);
    }

    /**
     * A preprocessor for the model of a checkpoint.
     *
     * @param limits how large a file may be
     * @throws IllegalArgumentException if the model's images have neither one nor three channels
     */
    public static Preprocessor of(Manifest manifest, ImageLimits limits) {
        return new Preprocessor(manifest.model().image(), limits, InputLayout.of(manifest));
    }

    /**
     * A preprocessor for any model.
     *
     * @param shape the model's images: one channel for grey or three for red, green, blue
     * @param limits how large a file may be
     * @param layout of the model's images; {@link PreprocessingMode#AUTO} compares pictures with it
     * @throws IllegalArgumentException if the images have another number of channels
     */
    public Preprocessor(ImageShape shape, ImageLimits limits, InputLayout layout) {
        if (shape.channels() != 1 && shape.channels() != 3) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "channels must be 1 (grey) or 3 (RGB) to read image files, got %d", shape.channels()));
        }
        this.shape = shape;
        this.layout = layout;
        this.decoder = new ImageDecoder(limits);
        this.warned = true;
    }

    private Preprocessor(Preprocessor other, boolean warned) {
        this.shape = other.shape;
        this.layout = other.layout;
        this.decoder = other.decoder;
        this.warned = warned;
    }

    /** Returns a preprocessor whose inputs have no warnings. The search for warnings takes about 20 µs an image. */
    public Preprocessor withoutWarnings() {
        return new Preprocessor(this, false);
    }

    /**
     * Checks that a mode fits the model.
     *
     * @throws IllegalArgumentException for {@link PreprocessingMode#MNIST} and a model of pictures
     */
    public void requireFit(PreprocessingMode mode) {
        if (mode == PreprocessingMode.MNIST && layout == InputLayout.PICTURE) {
            throw new IllegalArgumentException(
                    "preprocess mnist finds the ink of a digit, and the model is one of pictures: choose auto, crop or none");
        }
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
        return prepare(decoder.decode(file, cancellation), mode, StepListener.NONE);
    }

    /**
     * Decodes an image file, makes it into the model's input, and reports each step as a picture.
     *
     * @param file the bytes of the file
     * @param steps receives the steps in order; a digit that is small on its picture is looked at twice
     * @throws ImageException if the file is rejected; the steps before are reported
     */
    public ModelInput explain(byte[] file, PreprocessingMode mode, StepListener steps) throws ImageException {
        return prepare(decoder.decode(file, Cancellation.NEVER), mode, steps);
    }

    /**
     * Makes an array of pixels into the model's input.
     *
     * @param pixels unsigned bytes 0 to 255 in the model's own shape, laid out as {@link ImageShape} says
     * @throws ImageException if the pixels are rejected
     */
    public ModelInput preparePixels(byte[] pixels, PreprocessingMode mode) throws ImageException {
        return prepare(DecodedImage.of(pixels, shape), mode, StepListener.NONE);
    }

    /**
     * Estimates the memory that decoding a file needs at its peak: see {@link ImageDecoder#memoryToDecode}.
     *
     * @throws ImageException if the header shows that the file would be rejected
     */
    public long memoryToDecode(byte[] file) throws ImageException {
        return decoder.memoryToDecode(file);
    }

    private ModelInput prepare(DecodedImage picture, PreprocessingMode mode, StepListener steps) throws ImageException {
        requireFit(mode);
        if (mode == PreprocessingMode.NONE) {
            return whole(picture);
        }
        if (mode == PreprocessingMode.CROP || layout == InputLayout.PICTURE) {
            return cropped(picture);
        }
        if (mode == PreprocessingMode.AUTO && picture.shape(shape.channels()).equals(shape) && picture.isOpaque()) {
            ModelInput asItIs = whole(picture);
            if (isLikeTheModels(asItIs.pixels())) {
                return asItIs;
            }
        }
        return centred(picture, steps);
    }

    private ModelInput whole(DecodedImage picture) throws ImageException {
        ImageShape upright = picture.shape(shape.channels());
        ImageShape scaled = fit(upright, shape.height(), shape.width());
        int top = (shape.height() - scaled.height()) / 2;
        int left = (shape.width() - scaled.width()) / 2;
        float across = (float) upright.width() / scaled.width();
        float down = (float) upright.height() / scaled.height();
        return unchanged(
                place(picture.scaled(scaled), scaled, top, left),
                PreprocessingMode.NONE,
                picture,
                new Area(-left * across, -top * down, shape.width() * across, shape.height() * down));
    }

    private ModelInput cropped(DecodedImage picture) throws ImageException {
        Box middle = picture.middle(shape);
        return unchanged(picture.scaled(middle, shape), PreprocessingMode.CROP, picture, Area.of(middle));
    }

    /** An input that shows an area of the picture in its own colours. */
    private ModelInput unchanged(byte[] pixels, PreprocessingMode applied, DecodedImage picture, Area area) {
        return new ModelInput(
                pixels,
                new InputOrigin(applied, size(picture), picture.orientation(), null, area),
                warned && layout == InputLayout.CENTRED_DIGIT ? Warnings.ofInput(pixels) : List.of());
    }

    private static InputOrigin.Size size(DecodedImage picture) {
        ImageShape upright = picture.shape(1);
        return new InputOrigin.Size(upright.width(), upright.height());
    }

    /** A search for the digit on a picture, which can be repeated. */
    @FunctionalInterface
    private interface Search {
        DigitFinder.Found find(StepListener steps) throws ImageException;
    }

    /** A digit that was found on a picture, and the model's input with it. */
    private static final class Candidate {

        private final Search search;
        private final DigitFinder.Found found;
        private final Placement placed;
        private List<String> doubts; // null before the first use

        Candidate(Search search, DigitFinder.Found found, Placement placed) {
            this.search = search;
            this.found = found;
            this.placed = placed;
        }

        /** The reasons to doubt that the input shows a digit. The detector sees each input once at most. */
        List<String> doubts() {
            if (doubts == null) {
                doubts = Warnings.ofInput(placed.pixels());
            }
            return doubts;
        }

        boolean isOutlier() {
            return !doubts().isEmpty();
        }

        /** Whether some ink reaches the picture's edge. */
        boolean reachesEdge() {
            return found.marks().regions().stream().anyMatch(ConnectedRegion::atEdge);
        }

        /** Whether the digit reaches from edge to edge, across or down. */
        boolean fillsPicture() {
            Box box = found.marks().box();
            InkMap map = found.marks().digit();
            return box.width() >= FILLED * map.width() || box.height() >= FILLED * map.height();
        }
    }

    /**
     * Finds the digit. If nothing stands out from the background, another colour may be the background's: that of the
     * paper around a digit that fills the picture. The same holds if what stands out is no digit and some of it reaches
     * the picture's edge. If what stands out is a panel, the digit may stand on it. If it is an outline, the digit is what
     * the outline encloses, unless that is no digit.
     */
    private ModelInput centred(DecodedImage picture, StepListener steps) throws ImageException {
        Candidate first = candidate(listener -> DigitFinder.in(picture, Background.Start.LIKELY, listener), steps);
        Candidate chosen = first;
        for (Background.Start start : List.of(Background.Start.OTHER, Background.Start.LIGHTEST)) {
            if (chosen == null || chosen.reachesEdge() && chosen.isOutlier()) {
                Candidate other = candidate(listener -> DigitFinder.in(picture, start, listener), StepListener.NONE);
                if (other != null && other.fillsPicture() && !other.isOutlier()) {
                    chosen = other;
                }
            }
        }
        if (chosen == null) {
            throw new ImageException(
                    Reason.UNUSABLE,
                    "the picture shows no ink: nothing on it stands out from its background, so there is no digit to read");
        }
        Panel panel = Panel.of(chosen.found);
        if (panel != null) {
            Candidate inner = candidate(listener -> DigitFinder.on(panel, picture, listener), StepListener.NONE);
            boolean carried = inner != null && panel.carries(inner.found);
            if (carried && (chosen.isOutlier() || !inner.isOutlier())) {
                chosen = inner;
            }
        }
        DigitFinder.Found filled = chosen.found.filled(StepListener.NONE);
        if (filled != null) {
            Search search = chosen.search;
            Candidate outlined = placed(listener -> search.find(listener).filled(listener), filled, StepListener.NONE);
            if (!outlined.isOutlier()) {
                chosen = outlined;
            }
        }
        if (chosen != first && steps != StepListener.NONE) {
            candidate(chosen.search, steps); // again, for the listener
        }
        DigitFinder.Found found = chosen.found;
        byte[] pixels = chosen.placed.pixels();
        double turn = chosen.placed.turn();
        return new ModelInput(
                pixels,
                new InputOrigin(
                        PreprocessingMode.MNIST,
                        size(picture),
                        picture.orientation(),
                        new InputOrigin.Ink(
                                found.lighter() ? Tone.LIGHT : Tone.DARK,
                                found.inPicture(Area.of(found.marks().box())).inPixels(),
                                turn == 0 ? null : (float) Math.toDegrees(turn)),
                        found.inPicture(chosen.placed.area())),
                warned ? Warnings.join(Warnings.of(found.marks()), chosen.doubts()) : List.of());
    }

    /** Looks for a digit. Returns null if there is none. */
    private Candidate candidate(Search search, StepListener steps) throws ImageException {
        DigitFinder.Found found = search.find(steps);
        return found == null ? null : placed(search, found, steps);
    }

    private Candidate placed(Search search, DigitFinder.Found found, StepListener steps) {
        Placement placed = Placement.of(found.marks().digit(), found.marks().box(), shape);
        if (shape.channels() == 1) {
            steps.done("input", shape.width(), shape.height(), placed.pixels());
        }
        return new Candidate(search, found, placed);
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

    private boolean isLikeTheModels(byte[] pixels) {
        return layout == InputLayout.CENTRED_DIGIT
                ? isLaidOutLikeMnist(pixels)
                : isDarkAround(pixels) && !isBlank(pixels);
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

    private static boolean isBlank(byte[] pixels) {
        int least = 255;
        int most = 0;
        for (byte pixel : pixels) {
            least = Math.min(least, pixel & 0xFF);
            most = Math.max(most, pixel & 0xFF);
        }
        return most - least < InkMap.LEAST_CONTRAST;
    }

    /**
     * Whether an image has the layout of MNIST's: light on black, 20 of 28 pixels long, and its centre of mass in
     * the middle. All 70,000 images of MNIST have it, within these tolerances.
     */
    private boolean isLaidOutLikeMnist(byte[] pixels) {
        int left = shape.width();
        int top = shape.height();
        int right = -1;
        int bottom = -1;
        int lightest = 0;
        double mass = 0;
        double momentX = 0;
        double momentY = 0;
        for (int i = 0; i < pixels.length; i++) {
            int value = pixels[i] & 0xFF;
            int x = i / shape.channels() % shape.width();
            int y = i / shape.channels() / shape.width();
            lightest = Math.max(lightest, value);
            mass += value;
            momentX += value * (x + 0.5);
            momentY += value * (y + 0.5);
            if (value > DARK) {
                left = Math.min(left, x);
                right = Math.max(right, x);
                top = Math.min(top, y);
                bottom = Math.max(bottom, y);
            }
        }
        double offX = momentX / mass - shape.width() / 2.0;
        double offY = momentY / mass - shape.height() / 2.0;
        int side = Math.max(right - left, bottom - top) + 1;
        int expected = Math.round(shape.width() * 20 / 28f);
        return lightest >= LIGHT
                && side >= expected - 3
                && side <= expected + 2
                && Math.abs(offX - 0.3) < 1.3
                && Math.abs(offY - 0.3) < 1.3;
    }
}
