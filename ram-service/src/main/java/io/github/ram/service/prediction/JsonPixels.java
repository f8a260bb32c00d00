package io.github.ram.service.prediction;

import io.github.ram.model.ImageShape;
import io.github.ram.service.Refusal;
import io.github.ram.service.Refusal.Reason;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads {@code {"pixels": [[0, 255, …], …]}}: rows from the top, each of as many integers 0 to 255 as the
 * model's images have columns or, with several channels, of as many lists of C integers.
 *
 * <p>Reads token by token and stops at the first that does not belong, so a body of any shape costs no
 * more than its length.
 */
final class JsonPixels {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8) // the object, rows, columns, channels, and room to say what is wrong
                    .maxNumberLength(100)
                    .maxNameLength(1000)
                    .build())
            .build();
    private static final String EXPECTED = "{\"pixels\": [[…], …]}";

    private final JsonParser parser;
    private final ImageShape shape;
    private final byte[] pixels;

    private JsonPixels(JsonParser parser, ImageShape shape) {
        this.parser = parser;
        this.shape = shape;
        this.pixels = new byte[shape.size()];
    }

    /**
     * The pixels in a body.
     *
     * @return unsigned bytes, laid out as {@link ImageShape} says
     * @throws Refusal if the body is no JSON, or is JSON but not an image of that shape
     */
    static byte[] read(byte[] body, ImageShape shape) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            return new JsonPixels(parser, shape).body();
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            throw new Refusal(
                    Reason.MALFORMED,
                    "the body is not valid JSON at line %d, column %d: send %s"
                            .formatted(at.getLineNr(), at.getColumnNr(), EXPECTED));
        }
    }

    private byte[] body() {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new Refusal(Reason.MALFORMED, "the body is empty: send " + EXPECTED);
        }
        if (first != JsonToken.START_OBJECT) {
            throw unusable("the body must be an object, got %s: send %s", found(), EXPECTED);
        }
        boolean read = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            if (!"pixels".equals(parser.currentName())) {
                throw unusable("the body has an unknown member besides pixels: send %s", EXPECTED);
            }
            rows();
            read = true;
        }
        if (!read) {
            throw unusable("the body has no pixels: send %s", EXPECTED);
        }
        parser.nextToken(); // Throws if more than white space follows …
        if (parser.currentToken() != null) { // … or finds a second value.
            throw new Refusal(Reason.MALFORMED, "the body goes on after its object: send only " + EXPECTED);
        }
        return pixels;
    }

    private void rows() {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw unusable("pixels must be a list of rows, got %s", found());
        }
        int height = 0;
        int width = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int columns = row(height);
            if (height > 0 && columns != width) {
                throw unusable(
                        "pixels[%d] has %d values and the rows before it %d: make all rows equally long",
                        height, columns, width);
            }
            width = columns;
            height++;
        }
        if (height != shape.height() || width != shape.width()) {
            throw unusable(
                    "pixels must be %d×%d (rows × columns), got %d×%d: scale it, or send an image file, which is scaled here",
                    shape.height(), shape.width(), height, width);
        }
    }

    /** Reads one row; what lies outside the shape is only checked and counted. */
    private int row(int row) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw unusable("pixels[%d] must be a list, a row of the image, got %s", row, found());
        }
        int column = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            boolean inside = row < shape.height() && column < shape.width();
            int at = inside ? (row * shape.width() + column) * shape.channels() : -1;
            if (shape.channels() == 1) {
                put(at, value(row, column));
            } else {
                channels(at, row, column);
            }
            column++;
        }
        return column;
    }

    private void channels(int at, int row, int column) {
        boolean list = parser.currentToken() == JsonToken.START_ARRAY;
        for (int channel = 0; list && channel < shape.channels(); channel++) {
            list = parser.nextToken() != JsonToken.END_ARRAY;
            if (list) {
                put(at < 0 ? at : at + channel, value(row, column));
            }
        }
        if (!list || parser.nextToken() != JsonToken.END_ARRAY) {
            throw unusable("pixels[%d][%d] must be a list of %d integers", row, column, shape.channels());
        }
    }

    private void put(int at, int value) {
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
        throw unusable("pixels[%d][%d] must be an integer from 0 to 255, got %s", row, column, found());
    }

    private String found() {
        return switch (parser.currentToken()) {
            case START_ARRAY -> "a list";
            case START_OBJECT -> "an object";
            case VALUE_STRING -> "a string";
            default -> parser.getString();
        };
    }

    private static Refusal unusable(String message, Object... values) {
        return new Refusal(Reason.UNUSABLE, message.formatted(values));
    }
}
