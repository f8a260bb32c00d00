package io.github.ram.model.image.digit;

import io.github.ram.model.Box;
import io.github.ram.model.ImageShape;
import io.github.ram.model.image.decode.DecodedImage;
import io.github.ram.model.image.decode.ImageException;
import java.util.Arrays;

/** Finds the digit on a picture: background, ink, lines removed, marks. */
final class DigitFinder {

    /** Pixels that the longer side of a picture is reduced to before its ink is looked for. */
    private static final int SEARCHED_SIDE = 512;

    /** A digit shorter than this is looked at again, more closely, if the picture has more pixels. */
    private static final int CLOSE_SIDE = 96;

    /** The margin around a digit in a closer look, as a share of its longer side. */
    private static final double CLOSE_MARGIN = 0.6;

    private final DecodedImage picture;
    private final Background.Start start;
    private final Panel panel; // null for the whole picture
    private final StepListener steps;

    private DigitFinder(DecodedImage picture, Background.Start start, Panel panel, StepListener steps) {
        this.picture = picture;
        this.start = start;
        this.panel = panel;
        this.steps = steps;
    }

    /**
     * A digit that was found.
     *
     * @param part of the picture that was looked at
     * @param marks on that part, scaled
     * @param lighter whether ink is lighter than its background
     */
    record Found(Box part, Marks marks, boolean lighter) {

        /** Pixels of the picture per pixel of the marks, across. */
        float across() {
            return (float) part.width() / marks.digit().width();
        }

        /** Pixels of the picture per pixel of the marks, down. */
        float down() {
            return (float) part.height() / marks.digit().height();
        }
    }

    /**
     * The digit on a picture, or null if nothing stands out.
     *
     * @param start the colour that the background may have
     */
    static Found in(DecodedImage picture, Background.Start start, StepListener steps) throws ImageException {
        ImageShape shape = picture.shape(1);
        return new DigitFinder(picture, start, null, steps).find(new Box(0, 0, shape.width(), shape.height()));
    }

    /** The digit on a panel of a picture, or null if nothing stands out there. */
    static Found on(Panel panel, DecodedImage picture, StepListener steps) throws ImageException {
        return new DigitFinder(picture, Background.Start.LIKELY, panel, steps).find(panel.box());
    }

    /** Looks at a part, and again more closely if the digit is small on it. */
    private Found find(Box part) throws ImageException {
        Found found = look(part);
        if (found == null) {
            return null;
        }
        int side = Math.max(found.marks().box().width(), found.marks().box().height());
        if (found.across() > 1.3 && side < CLOSE_SIDE) {
            Found closer = look(around(found));
            return closer == null ? found : closer;
        }
        return found;
    }

    private Box around(Found found) {
        ImageShape shape = picture.shape(1);
        Box box = found.marks().box();
        Box part = found.part();
        double margin = 2 + CLOSE_MARGIN * Math.max(box.width(), box.height());
        double end = box.left() + box.width() + margin;
        double foot = box.top() + box.height() + margin;
        int left = (int) Math.max(0, part.left() + (box.left() - margin) * found.across());
        int top = (int) Math.max(0, part.top() + (box.top() - margin) * found.down());
        int right = (int) Math.min(shape.width(), part.left() + end * found.across() + 1);
        int bottom = (int) Math.min(shape.height(), part.top() + foot * found.down() + 1);
        return new Box(left, top, right - left, bottom - top);
    }

    private Found look(Box part) throws ImageException {
        ImageShape stored = new ImageShape(part.height(), part.width(), 4);
        int longest = Math.max(part.height(), part.width());
        ImageShape shape = longest <= SEARCHED_SIDE ? stored : Preprocessor.fit(stored, SEARCHED_SIDE, SEARCHED_SIDE);
        byte[] rgba = picture.scaled(part, shape);
        int block = PixelBlocks.side(rgba, shape);
        if (block > 1) {
            shape = new ImageShape(shape.height() / block, shape.width() / block, 4);
            rgba = picture.scaled(part, shape);
        }
        int width = shape.width();
        int height = shape.height();
        float[][] rgb = TransparencyFill.under(rgba, width);
        if (panel != null) {
            panel.extend(part, rgb, width, height);
        }
        show("picture", rgb, width, height);

        Background fitted = Background.of(rgb, width, height, start);
        if (fitted == null) {
            return null;
        }
        float[][] background = fitted.surface();
        double noise = noise(rgb, background);
        if (Shadows.apply(rgb, background, width, height, noise)) {
            noise = noise(rgb, background);
        }
        show("background", background, width, height);

        InkContrast contrast = InkContrast.of(differences(rgb, background), noise);
        InkMap ink = InkMap.of(contrast, width, height);
        if (ink == null) {
            return null;
        }
        steps.done("ink", width, height, ink.coverage());
        InkMap strokes = LineRemoval.remove(ink);
        steps.done("without lines", width, height, strokes.coverage());
        Marks marks = Marks.of(strokes);
        if (marks == null && strokes != ink) { // the digit itself was a line
            marks = Marks.of(ink);
        }
        if (marks == null) {
            return null;
        }
        steps.done("digit", width, height, marks.digit().coverage());
        return new Found(part, marks, contrast.lighter());
    }

    /** How much each pixel differs from its background, in shades of a picture without shadows. */
    private static float[][] differences(float[][] rgb, float[][] background) {
        int n = rgb[0].length;
        float[] lumas = new float[n];
        for (int i = 0; i < n; i++) {
            lumas[i] = luma(background, i);
        }
        float most = 0;
        for (float luma : lumas) {
            most = Math.max(most, luma);
        }
        float[][] differences = new float[3][n];
        for (int i = 0; i < n; i++) {
            float factor = most < 64 ? 1 : Math.min(3, most / Math.max(1, lumas[i]));
            for (int c = 0; c < 3; c++) {
                differences[c][i] = (rgb[c][i] - background[c][i]) * factor;
            }
        }
        return differences;
    }

    private static float luma(float[][] rgb, int i) {
        return 0.299f * rgb[0][i] + 0.587f * rgb[1][i] + 0.114f * rgb[2][i];
    }

    /**
     * The deviation of the background from itself, by the median difference of the pixels that are like it. If these are
     * few, most are rims of ink, and the lower quintile shows the noise.
     */
    private static double noise(float[][] rgb, float[][] background) {
        int stride = Math.max(1, rgb[0].length / 4000);
        double[] distances = new double[rgb[0].length / stride + 1];
        int n = 0;
        for (int i = 0; i < rgb[0].length; i += stride) {
            double sum = 0;
            for (int c = 0; c < 3; c++) {
                double difference = rgb[c][i] - background[c][i];
                sum += difference * difference;
            }
            if (sum < 3 * 40 * 40) {
                distances[n++] = Math.sqrt(sum / 3);
            }
        }
        Arrays.sort(distances, 0, n);
        boolean few = 4 * n < rgb[0].length / stride;
        return n == 0 ? 0 : few ? 3.95 * distances[n / 5] : 1.4826 * distances[n / 2];
    }

    private void show(String name, float[][] rgb, int width, int height) {
        if (steps == StepListener.NONE) {
            return;
        }
        byte[] grey = new byte[width * height];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = (byte) Math.round(Math.max(0, Math.min(255, luma(rgb, i))));
        }
        steps.done(name, width, height, grey);
    }
}
