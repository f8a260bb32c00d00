package io.github.ram.model.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.ram.model.ImageShape;
import io.github.ram.model.Prediction;
import java.util.List;
import java.util.Locale;

/**
 * What was done to a picture to make it a model's input. Positions are in pixels of the picture as it
 * stands upright.
 *
 * @param applied {@code mnist} or {@code none}
 * @param picture its size
 * @param orientation how it was stored, as Exif tells it: 1 upright, 6 turned by 90°, …
 * @param ink what was found on it; null unless {@code mnist} was applied
 * @param area the part of it that the input shows
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Preprocessing(Preprocess applied, Size picture, int orientation, Ink ink, Area area) {

    /** Columns and rows of a picture. */
    public record Size(int width, int height) {}

    /**
     * The ink of a digit.
     *
     * @param tone whether it is darker or lighter than what it is drawn on
     * @param box around it
     */
    public record Ink(Tone tone, Prediction.Box box) {}

    /** Ink beside its paper. */
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
     * The same prediction, its boxes in pixels of the picture rather than of the input.
     *
     * @param input the shape of the input
     */
    public Prediction inPicture(Prediction prediction, ImageShape input) {
        float across = area.width() / input.width();
        float down = area.height() / input.height();
        List<Prediction.Glimpse> glimpses = prediction.glimpses().stream()
                .map(glimpse -> {
                    Prediction.Box box = glimpse.box();
                    Area seen = new Area(
                            area.left() + box.left() * across,
                            area.top() + box.top() * down,
                            box.width() * across,
                            box.height() * down);
                    return new Prediction.Glimpse(
                            glimpse.step(), glimpse.x(), glimpse.y(), seen.inPixels(), glimpse.probabilities());
                })
                .toList();
        return new Prediction(
                prediction.classIndex(),
                prediction.label(),
                prediction.confidence(),
                prediction.probabilities(),
                glimpses);
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

        /** The whole pixels that are nearest to it, at least one. */
        Prediction.Box inPixels() {
            int x = Math.round(left);
            int y = Math.round(top);
            return new Prediction.Box(
                    x, y, Math.max(1, Math.round(left + width) - x), Math.max(1, Math.round(top + height) - y));
        }

        /** The same part in pixels that are 1/across as wide and 1/down as high. */
        Area scaled(float across, float down) {
            return new Area(left * across, top * down, width * across, height * down);
        }
    }
}
