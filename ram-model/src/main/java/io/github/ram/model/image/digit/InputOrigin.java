package io.github.ram.model.image.digit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.ram.model.Box;
import io.github.ram.model.ImageShape;
import io.github.ram.model.Prediction;
import java.util.List;
import java.util.Locale;

/**
 * Where in a picture a model's input is from, and how it was made. Positions are in pixels of the upright
 * picture.
 *
 * @param applied {@code mnist}, {@code crop} or {@code none}
 * @param picture its size
 * @param orientation how it was stored, as Exif codes it: 1 upright, 6 turned by 90°, …
 * @param ink the ink of the digit; null unless {@code mnist} was applied
 * @param area the part of it that the input shows, without the turn of the ink
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InputOrigin(PreprocessingMode applied, Size picture, int orientation, Ink ink, Area area) {

    /** Columns and rows of a picture. */
    public record Size(int width, int height) {}

    /**
     * The ink of a digit.
     *
     * @param tone whether it is darker or lighter than its background
     * @param box around it
     * @param turned degrees by which it was turned to the left, around the middle of the box, to be upright; null if it
     *     leans no further than most digits do
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Ink(Tone tone, Box box, Float turned) {}

    /** Ink compared with its background. */
    public enum Tone {
        /** Darker. */
        DARK,
        /** Lighter. */
        LIGHT;

        @Override
        @JsonValue
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The same prediction with boxes in pixels of the picture instead of the input.
     *
     * @param input the shape of the input
     */
    public Prediction inPicture(Prediction prediction, ImageShape input) {
        float across = area.width() / input.width();
        float down = area.height() / input.height();
        List<Prediction.Glimpse> glimpses = prediction.glimpses().stream()
                .map(glimpse -> {
                    Box box = glimpse.box();
                    Area seen = new Area(
                            area.left() + box.left() * across,
                            area.top() + box.top() * down,
                            box.width() * across,
                            box.height() * down);
                    return new Prediction.Glimpse(
                            glimpse.step(),
                            glimpse.x(),
                            glimpse.y(),
                            turnedBack(seen).inPixels(),
                            glimpse.probabilities());
                })
                .toList();
        return new Prediction(
                prediction.classIndex(),
                prediction.label(),
                prediction.confidence(),
                prediction.agreement(),
                prediction.probabilities(),
                glimpses,
                prediction.attention());
    }

    /** Moves an area to where its middle was before the ink was turned. Its sides stay upright. */
    private Area turnedBack(Area seen) {
        if (ink == null || ink.turned() == null) {
            return seen;
        }
        double angle = StrictMath.toRadians(ink.turned());
        double right = seen.left() + seen.width() / 2 - ink.box().centreX();
        double down = seen.top() + seen.height() / 2 - ink.box().centreY();
        double moveRight = right * StrictMath.cos(angle) - down * StrictMath.sin(angle) - right;
        double moveDown = right * StrictMath.sin(angle) + down * StrictMath.cos(angle) - down;
        return new Area(
                (float) (seen.left() + moveRight), (float) (seen.top() + moveDown), seen.width(), seen.height());
    }

    /**
     * A part of a picture. It may reach past the border, and begin and end within pixels.
     *
     * @param left where its first column begins
     * @param top where its first row begins
     * @param width columns
     * @param height rows
     */
    public record Area(float left, float top, float width, float height) {

        static Area of(Box box) {
            return new Area(box.left(), box.top(), box.width(), box.height());
        }

        /** The whole pixels that are nearest to it, at least one. */
        Box inPixels() {
            int x = Math.round(left);
            int y = Math.round(top);
            return new Box(x, y, Math.max(1, Math.round(left + width) - x), Math.max(1, Math.round(top + height) - y));
        }

        /** The smallest box that covers the part of it within a limit. */
        Box within(Box limit) {
            int x = (int) Math.max(limit.left(), Math.floor(left));
            int y = (int) Math.max(limit.top(), Math.floor(top));
            int right = (int) Math.min(limit.left() + limit.width(), Math.ceil(left + width));
            int bottom = (int) Math.min(limit.top() + limit.height(), Math.ceil(top + height));
            return new Box(x, y, right - x, bottom - y);
        }

        /** The same part in pixels that are 1/across as wide and 1/down as high. */
        Area scaled(float across, float down) {
            return new Area(left * across, top * down, width * across, height * down);
        }
    }
}
