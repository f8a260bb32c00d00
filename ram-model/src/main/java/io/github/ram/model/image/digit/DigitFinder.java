package io.github.ram.model.image.digit;

import io.github.ram.model.Box;
import io.github.ram.model.ImageShape;
import io.github.ram.model.image.decode.DecodedImage;
import io.github.ram.model.image.decode.ImageException;
import io.github.ram.model.image.digit.InputOrigin.Area;
import io.github.ram.model.image.digit.background.Background;
import io.github.ram.model.image.digit.background.Luma;
import io.github.ram.model.image.digit.background.TransparencyFill;

/** Finds the digit on a picture: background, ink, lines removed, marks. */
final class DigitFinder {

    /** Pixels that the longer side of a picture is reduced to before its ink is looked for. */
    private static final int SEARCHED_SIDE = 512;

    /** A digit shorter than this is looked at again, more closely, if the picture has more pixels. */
    private static final int CLOSE_SIDE = 96;

    /** The margin around a digit in a closer look, as a share of its longer side. */
    private static final float CLOSE_MARGIN = 0.6f;

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
     * @param strokes the ink on that part, scaled, without lines
     * @param marks of the strokes
     * @param lighter whether ink is lighter than its background
     */
    record Found(Box part, InkMap strokes, Marks marks, boolean lighter) {

        /** The digit whose outline the strokes are, or null if they are none. */
        Found filled(StepListener steps) {
            InkMap filled = Outline.filled(strokes);
            Marks inside = filled == strokes ? null : Marks.of(filled);
            if (inside == null) {
                return null;
            }
            steps.done("digit", filled.width(), filled.height(), inside.digit().coverage());
            return new Found(part, filled, inside, lighter);
        }

        /** Pixels of the picture per pixel of the marks, across. */
        float across() {
            return (float) part.width() / marks.digit().width();
        }

        /** Pixels of the picture per pixel of the marks, down. */
        float down() {
            return (float) part.height() / marks.digit().height();
        }

        /** Where an area of the marks is on the picture. */
        Area inPicture(Area area) {
            Area scaled = area.scaled(across(), down());
            return new Area(part.left() + scaled.left(), part.top() + scaled.top(), scaled.width(), scaled.height());
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
        float margin = 2 + CLOSE_MARGIN * Math.max(box.width(), box.height());
        Area area =
                new Area(box.left() - margin, box.top() - margin, box.width() + 2 * margin, box.height() + 2 * margin);
        return found.inPicture(area).within(new Box(0, 0, shape.width(), shape.height()));
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

        Background background = Background.of(rgb, width, height, start);
        if (background == null) {
            return null;
        }
        show("background", background.colours(), width, height);

        InkContrast contrast = InkContrast.of(background.differences(), background.noise());
        InkMap ink = InkMap.of(contrast, width, height);
        if (ink == null) {
            return null;
        }
        steps.done("ink", width, height, ink.coverage());
        InkMap strokes = LineRemoval.remove(ink);
        steps.done("without lines", width, height, strokes.coverage());
        Marks marks = Marks.of(strokes);
        if (marks == null && strokes != ink) { // the digit itself was a line
            strokes = ink;
            marks = Marks.of(ink);
        }
        if (marks == null) {
            return null;
        }
        steps.done("digit", width, height, marks.digit().coverage());
        return new Found(part, strokes, marks, contrast.lighter());
    }

    private void show(String name, float[][] rgb, int width, int height) {
        if (steps == StepListener.NONE) {
            return;
        }
        byte[] grey = new byte[width * height];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = (byte) Math.round(Math.max(0, Math.min(255, Luma.of(rgb, i))));
        }
        steps.done(name, width, height, grey);
    }
}
