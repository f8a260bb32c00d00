package io.github.ram.training.data.drawn;

import io.github.ram.model.ImageShape;
import io.github.ram.training.data.DataException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a scene is made of: a digit somewhere on a larger square, among pieces of other digits.
 *
 * @param side of the square in pixels, in [28, 1024]
 * @param pieces of other digits, in [0, 100]; with none the task is called translated, else cluttered
 */
public record SceneLayout(int side, int pieces) {

    /** As in Mnih et al. 2014, table 1. */
    public static final SceneLayout TRANSLATED = new SceneLayout(60, 0);

    /** As in Mnih et al. 2014, table 2. */
    public static final SceneLayout CLUTTERED = new SceneLayout(60, 4);

    private static final Pattern NAME = Pattern.compile(
            "translated(?:-(?<room>\\d{1,6}))?|cluttered(?:-(?<side>\\d{1,6})(?:-(?<pieces>\\d{1,6}))?)?");

    public SceneLayout {
        inRange("side", 28, 1024, side);
        inRange("pieces", 0, 100, pieces);
    }

    /**
     * The layout of a name as the user types it, {@code translated[-SIDE]} or {@code cluttered[-SIDE[-PIECES]]}, in any
     * case; empty if it is no such name.
     *
     * @throws DataException if a number is out of range
     */
    public static Optional<SceneLayout> named(String name) {
        Matcher matcher = NAME.matcher(name.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        if (name.toLowerCase(Locale.ROOT).startsWith("translated")) {
            return Optional.of(new SceneLayout(number(matcher.group("room"), TRANSLATED.side), 0));
        }
        int pieces = number(matcher.group("pieces"), CLUTTERED.pieces);
        inRange("pieces", 1, 100, pieces);
        return Optional.of(new SceneLayout(number(matcher.group("side"), CLUTTERED.side), pieces));
    }

    private static int number(String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits);
    }

    private static void inRange(String field, int least, int most, int value) {
        if (value < least || value > most) {
            throw new DataException(
                    String.format(Locale.ROOT, "%s of a scene must be in [%d, %d], got %d", field, least, most, value));
        }
    }

    /** The shape of a scene. */
    ImageShape shape() {
        return new ImageShape(side, side, 1);
    }

    /** The shortest name that {@link #named} takes for it. */
    @Override
    public String toString() {
        if (equals(TRANSLATED) || equals(CLUTTERED)) {
            return pieces == 0 ? "translated" : "cluttered";
        }
        return pieces == 0 ? "translated-" + side : String.format(Locale.ROOT, "cluttered-%d-%d", side, pieces);
    }
}
