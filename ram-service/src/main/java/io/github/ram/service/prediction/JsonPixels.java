package io.github.ram.service.prediction;

import io.github.ram.model.ImageShape;
import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the pixels of an image: rows from the top, each with one integer from 0 to 255 a column or, with C channels, one
 * list of C integers a column. Token by token, because a tree of Java objects would take many times the memory.
 */
final class JsonPixels {

    private final JsonParser parser;
    private final ImageShape shape;
    private final String name;

    private JsonPixels(JsonParser parser, ImageShape shape, String name) {
        this.parser = parser;
        this.shape = shape;
        this.name = name;
    }

    /**
     * Reads pixels at the parser's current token.
     *
     * @param name of the pixels in messages
     * @return unsigned bytes, laid out as {@link ImageShape} says
     * @throws Rejection if the value is not an image of that shape
     */
    static byte[] read(JsonParser parser, ImageShape shape, String name) {
        return new JsonPixels(parser, shape, name).image();
    }

    private byte[] image() {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw unusable("%s must be a list of rows, got %s", name, found(parser));
        }
        byte[] pixels = new byte[shape.size()];
        int height = 0;
        int width = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int columns = row(pixels, height);
            if (height > 0 && columns != width) {
                throw unusable(
                        "%s[%d] has %d values and the rows before it %d: make all rows equally long",
                        name, height, columns, width);
            }
            width = columns;
            height++;
        }
        if (height != shape.height() || width != shape.width()) {
            throw unusable(
                    "%s must be %d×%d (rows × columns), got %d×%d: scale it, or send an image file, which is scaled here",
                    name, shape.height(), shape.width(), height, width);
        }
        return pixels;
    }

    /** Reads one row; values outside the shape are only checked and counted. */
    private int row(byte[] pixels, int row) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw unusable("%s[%d] must be a list, a row of the image, got %s", name, row, found(parser));
        }
        int column = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            boolean inside = row < shape.height() && column < shape.width();
            int at = inside ? (row * shape.width() + column) * shape.channels() : -1;
            if (shape.channels() == 1) {
                put(pixels, at, value(row, column));
            } else {
                channels(pixels, at, row, column);
            }
            column++;
        }
        return column;
    }

    private void channels(byte[] pixels, int at, int row, int column) {
        boolean list = parser.currentToken() == JsonToken.START_ARRAY;
        for (int channel = 0; list && channel < shape.channels(); channel++) {
            list = parser.nextToken() != JsonToken.END_ARRAY;
            if (list) {
                put(pixels, at < 0 ? at : at + channel, value(row, column));
            }
        }
        if (!list || parser.nextToken() != JsonToken.END_ARRAY) {
            throw unusable("%s[%d][%d] must be a list of %d integers", name, row, column, shape.channels());
        }
    }

    private static void put(byte[] pixels, int at, int value) {
        if (at >= 0) {
            pixels[at] = (byte) value;
        }
    }

    private int value(int row, int column) {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() == JsonParser.NumberType.INT) {
            int value = parser.getIntValue();
            if (value >= 0 && value <= 255) {
                return value;
            }
        }
        throw unusable("%s[%d][%d] must be an integer from 0 to 255, got %s", name, row, column, found(parser));
    }

    /** The current value, in a few words. */
    static String found(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_ARRAY -> "a list";
            case START_OBJECT -> "an object";
            case VALUE_STRING -> "a string";
            default -> parser.getString();
        };
    }

    static Rejection unusable(String message, Object... values) {
        return new Rejection(Reason.UNUSABLE, message, values);
    }
}
