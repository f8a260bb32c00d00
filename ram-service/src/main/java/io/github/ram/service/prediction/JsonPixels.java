package io.github.ram.service.prediction;

import io.github.ram.model.ImageShape;
import io.github.ram.service.Refusal;
import io.github.ram.service.Refusal.Reason;
import io.github.ram.service.web.JsonBody;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads {@code {"pixels": IMAGE}} and {@code {"images": [IMAGE, …]}}. An image is its rows from the top,
 * each of as many integers 0 to 255 as the model's images have columns or, with several channels, of as
 * many lists of C integers.
 *
 * <p>Reads token by token and stops at the first that does not belong, so a body of any shape costs no
 * more than its length.
 */
final class JsonPixels {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8) // the object, images, rows, columns, channels, and room to say what is wrong
                    .maxNumberLength(100)
                    .maxNameLength(1000)
                    .build())
            .build();
    private static final String ONE = "{\"pixels\": [[…], …]}";
    private static final String MANY = "{\"images\": [[[…], …], …]}";

    private final JsonParser parser;
    private final ImageShape shape;
    private final int most;
    private final List<byte[]> images = new ArrayList<>();

    /** What the image being read is called. */
    private String name = "pixels";

    private JsonPixels(JsonParser parser, ImageShape shape, int most) {
        this.parser = parser;
        this.shape = shape;
        this.most = most;
    }

    /**
     * The pixels in a body of one image.
     *
     * @return unsigned bytes, laid out as {@link ImageShape} says
     * @throws Refusal if the body is no JSON, or is JSON but not an image of that shape
     */
    static byte[] readOne(byte[] body, ImageShape shape) {
        return read(body, shape, 1, ONE, "pixels").get(0);
    }

    /**
     * The pixels in a body of several images.
     *
     * @param most images that are read
     * @return an image each, in their order: unsigned bytes, laid out as {@link ImageShape} says
     * @throws Refusal if the body is no JSON, or is JSON but not images of that shape, or more of them
     */
    static List<byte[]> readMany(byte[] body, ImageShape shape, int most) {
        return read(body, shape, most, MANY, "images");
    }

    private static List<byte[]> read(byte[] body, ImageShape shape, int most, String expected, String member) {
        try (JsonParser parser = JsonBody.parser(JSON, body, body.length)) {
            try {
                JsonPixels reader = new JsonPixels(parser, shape, most);
                reader.body(expected, member);
                return reader.images;
            } catch (JacksonException e) {
                TokenStreamLocation at = parser.currentLocation(); // not every exception has one
                throw new Refusal(
                        Reason.MALFORMED,
                        "the body is not valid JSON at line %d, column %d: send %s"
                                .formatted(at.getLineNr(), at.getColumnNr(), expected));
            }
        }
    }

    private void body(String expected, String member) {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new Refusal(Reason.MALFORMED, "the body is empty: send " + expected);
        }
        if (first != JsonToken.START_OBJECT) {
            throw unusable("the body must be an object, got %s: send %s", found(), expected);
        }
        boolean read = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            if (!member.equals(parser.currentName())) {
                throw unusable("the body has an unknown member besides %s: send %s", member, expected);
            }
            images.clear(); // a member that comes twice counts once, as everywhere in JSON
            parser.nextToken();
            if (expected.equals(MANY)) {
                images();
            } else {
                image();
            }
            read = true;
        }
        if (!read) {
            throw unusable("the body has no %s: send %s", member, expected);
        }
        parser.nextToken(); // Throws if more than white space follows …
        if (parser.currentToken() != null) { // … or finds a second value.
            throw new Refusal(Reason.MALFORMED, "the body goes on after its object: send only " + expected);
        }
    }

    private void images() {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw unusable("images must be a list of images, got %s", found());
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (images.size() == most) {
                throw new Refusal(
                        Reason.TOO_LARGE, "a request may have %d images: send the others in another".formatted(most));
            }
            name = "images[" + images.size() + "]";
            image();
        }
        if (images.isEmpty()) {
            throw unusable("images is empty: send %s", MANY);
        }
    }

    private void image() {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw unusable("%s must be a list of rows, got %s", name, found());
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
        images.add(pixels);
    }

    /** Reads one row; what lies outside the shape is only checked and counted. */
    private int row(byte[] pixels, int row) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw unusable("%s[%d] must be a list, a row of the image, got %s", name, row, found());
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
        throw unusable("%s[%d][%d] must be an integer from 0 to 255, got %s", name, row, column, found());
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
