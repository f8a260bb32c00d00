package io.github.ram.service.prediction;

import io.github.ram.model.ImageShape;
import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
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
 * Reads {@code {"pixels": ROWS}}, {@code {"image": FILE}} and {@code {"images": [ROWS or FILE, …]}}. {@link JsonPixels}
 * reads rows; a file is a string of Base64, which may be a data URL.
 *
 * <p>Reads token by token and stops at the first wrong one, so memory and time are bounded by the length of the body.
 */
final class JsonImages {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8) // the object, images, rows, columns, channels, and more for a clear message
                    .maxNumberLength(100)
                    .maxNameLength(1000)
                    .build())
            .build();
    private static final String ONE = "{\"pixels\": [[…], …]} or {\"image\": \"a file in Base64\"}";
    private static final String MANY = "{\"images\": [[[…], …], …]} or {\"images\": [\"a file in Base64\", …]}";

    private final JsonParser parser;
    private final ImageShape shape;

    private JsonImages(JsonParser parser, ImageShape shape) {
        this.parser = parser;
        this.shape = shape;
    }

    /**
     * Reads the image of a body of one.
     *
     * @throws Rejection if the body is not JSON, or has no image of that shape
     */
    static SentImage readOne(byte[] body, ImageShape shape) {
        return read(body, shape, ONE, JsonImages::one).get(0);
    }

    /**
     * Reads the images of a body of several, in their order.
     *
     * @param most images
     * @throws Rejection if the body is not JSON, has more images, or one of another shape
     */
    static List<SentImage> readMany(byte[] body, ImageShape shape, int most) {
        return read(body, shape, MANY, reader -> reader.many(most));
    }

    private interface Body {
        List<SentImage> read(JsonImages reader);
    }

    private static List<SentImage> read(byte[] body, ImageShape shape, String expected, Body kind) {
        try (JsonParser parser = JsonBody.parser(JSON, body, body.length)) {
            try {
                JsonImages reader = new JsonImages(parser, shape);
                reader.begin(expected);
                List<SentImage> images = kind.read(reader);
                reader.end(expected);
                return images;
            } catch (JacksonException e) {
                TokenStreamLocation at = parser.currentLocation(); // not every exception has one
                throw new Rejection(
                        Reason.MALFORMED,
                        "the body is not valid JSON at line %d, column %d: send %s",
                        at.getLineNr(),
                        at.getColumnNr(),
                        expected);
            }
        }
    }

    private void begin(String expected) {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new Rejection(Reason.MALFORMED, "the body is empty: send " + expected);
        }
        if (first != JsonToken.START_OBJECT) {
            throw JsonPixels.unusable("the body must be an object, got %s: send %s", found(), expected);
        }
    }

    private void end(String expected) {
        parser.nextToken(); // Throws if more than white space follows …
        if (parser.currentToken() != null) { // … or finds a second value.
            throw new Rejection(Reason.MALFORMED, "the body continues after its object: send only " + expected);
        }
    }

    /** The last value of a repeated member counts, as usual in JSON. */
    private List<SentImage> one() {
        SentImage image = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            boolean file = name.equals("image");
            if (!file && !name.equals("pixels")) {
                throw JsonPixels.unusable("the body has an unknown member besides pixels and image: send %s", ONE);
            }
            if (image != null && image.isFile() != file) {
                throw JsonPixels.unusable("the body has pixels and an image: send %s", ONE);
            }
            image = file ? file(name) : SentImage.pixels(JsonPixels.read(parser, shape, name));
        }
        if (image == null) {
            throw JsonPixels.unusable("the body has no pixels and no image: send %s", ONE);
        }
        return List.of(image);
    }

    private List<SentImage> many(int most) {
        List<SentImage> images = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            if (!parser.currentName().equals("images")) {
                throw JsonPixels.unusable("the body has an unknown member besides images: send %s", MANY);
            }
            parser.nextToken();
            images = images(most);
        }
        if (images == null) {
            throw JsonPixels.unusable("the body has no images: send %s", MANY);
        }
        return images;
    }

    private List<SentImage> images(int most) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw JsonPixels.unusable("images must be a list of images, got %s", found());
        }
        List<SentImage> images = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (images.size() == most) {
                throw new Rejection(Reason.TOO_LARGE, "a request may have %d images: send the others in another", most);
            }
            String name = "images[" + images.size() + "]";
            images.add(
                    parser.currentToken() == JsonToken.VALUE_STRING
                            ? file(name)
                            : SentImage.pixels(JsonPixels.read(parser, shape, name)));
        }
        if (images.isEmpty()) {
            throw JsonPixels.unusable("images is empty: send %s", MANY);
        }
        return images;
    }

    private SentImage file(String name) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw JsonPixels.unusable("%s must be a string, a file in Base64, got %s", name, found());
        }
        try {
            return SentImage.file(Base64File.decode(parser.getString()));
        } catch (IllegalArgumentException e) {
            throw new Rejection(Reason.MALFORMED, name + " is not Base64: send the bytes of an image file in Base64");
        }
    }

    private String found() {
        return JsonPixels.found(parser);
    }
}
