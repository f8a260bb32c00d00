package io.github.ram.service.oip.inference;

import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamContext;

/** The parts of messages about requests. A place is where a value stands, such as {@code inputs[0].shape}. */
public final class OipErrors {

    private OipErrors() {}

    static Rejection malformed(String message, Object... values) {
        return new Rejection(Reason.MALFORMED, message, values);
    }

    static void require(boolean met, String message, Object... values) {
        if (!met) {
            throw malformed(message, values);
        }
    }

    /** Returns an integer in a range, or a default for null. */
    static int inRange(String place, Integer value, int least, int most, int otherwise) {
        if (value == null) {
            return otherwise;
        }
        require(
                value >= least && value <= most,
                "%s must be an integer from %d to %d, got %d",
                place,
                least,
                most,
                value);
        return value;
    }

    /** A client's text in quotation marks. */
    public static String quote(String text) {
        return '"' + Rejection.excerpt(text) + '"';
    }

    /** The parser's current value, in a few words. */
    static String found(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_ARRAY -> "a list";
            case START_OBJECT, PROPERTY_NAME, END_OBJECT -> "an object";
            case VALUE_STRING -> quote(parser.getString());
            default -> Rejection.excerpt(parser.getString());
        };
    }

    /** The place of the parser's current value. */
    static String place(JsonParser parser) {
        return place(parser.streamReadContext());
    }

    private static String place(TokenStreamContext context) {
        if (context == null || context.inRoot()) {
            return "";
        }
        String parent = place(context.getParent());
        if (!context.hasPathSegment()) {
            return parent;
        }
        if (context.inArray()) {
            return parent + "[" + context.getCurrentIndex() + "]";
        }
        return parent.isEmpty() ? context.currentName() : parent + "." + context.currentName();
    }
}
