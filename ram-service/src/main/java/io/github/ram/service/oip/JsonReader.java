package io.github.ram.service.oip;

import io.github.ram.service.Refusal;
import io.github.ram.service.Refusal.Reason;
import io.github.ram.service.web.JsonBody;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a JSON document in one pass, each value where it stands. Nothing is kept of what nobody asked for,
 * so a document costs little more memory than its bytes.
 *
 * <p>A place is where a value stands, such as {@code inputs[0].shape}: every refusal names it.
 */
final class JsonReader {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNumberLength(100)
                    .build())
            .build();

    private final JsonParser parser;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Reads the object that a document consists of.
     *
     * @param length how many of the bytes are the document
     * @param members what reads the value of each known member, at its place
     * @throws Refusal if it is no JSON, no object, or a reader refuses a value
     */
    static void read(byte[] bytes, int length, Function<JsonReader, Map<String, Member>> members) {
        try (JsonParser parser = JsonBody.parser(JSON, bytes, length)) {
            try {
                new JsonReader(parser).document(members);
            } catch (JacksonException e) {
                TokenStreamLocation at = parser.currentLocation(); // not every exception has one
                throw malformed(
                        "the request is not valid JSON at line %d, column %d: correct it",
                        at.getLineNr(), at.getColumnNr());
            }
        }
    }

    private void document(Function<JsonReader, Map<String, Member>> members) {
        if (parser.nextToken() == null) {
            throw malformed("the request's JSON is empty: send an object with inputs");
        }
        object("", members.apply(this));
        if (parser.nextToken() != null) {
            throw malformed(
                    "the request goes on after its JSON object: send one object, and raw tensors only with the header %s",
                    InferenceHeader.NAME);
        }
    }

    /** Reads the value at hand. */
    interface Member {
        void read(String place);
    }

    /** Reads an object. Unknown members are passed over; null is the same as left out. */
    void object(String place, Map<String, Member> members) {
        expect(JsonToken.START_OBJECT, place.isEmpty() ? "the request" : place, "an object");
        Set<String> seen = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            Member member = members.get(name);
            JsonToken value = parser.nextToken();
            if (member == null || value == JsonToken.VALUE_NULL) {
                parser.skipChildren();
                continue;
            }
            String at = place.isEmpty() ? name : place + "." + name;
            if (!seen.add(name)) {
                throw malformed("%s is given twice: give it once", at);
            }
            member.read(at);
        }
    }

    /** Reads a list. */
    void list(String place, Member element) {
        expect(JsonToken.START_ARRAY, place, "a list");
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            element.read(place + "[" + i + "]");
        }
    }

    String string(String place) {
        expect(JsonToken.VALUE_STRING, place, "a string");
        return parser.getString();
    }

    boolean bool(String place) {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw malformed("%s must be true or false, got %s", place, found());
        }
        return token == JsonToken.VALUE_TRUE;
    }

    int integer(String place, int least, int most) {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() == JsonParser.NumberType.INT
                && parser.getIntValue() >= least
                && parser.getIntValue() <= most) {
            return parser.getIntValue();
        }
        throw malformed("%s must be an integer from %d to %d, got %s", place, least, most, found());
    }

    /** The parser, at the value to be read: for tensors, which are too large to be read value by value. */
    JsonParser parser() {
        return parser;
    }

    /** The value at hand, in a few words. */
    String found() {
        return switch (parser.currentToken()) {
            case START_ARRAY -> "a list";
            case START_OBJECT -> "an object";
            case VALUE_STRING -> quote(parser.getString());
            default -> Refusal.told(parser.getString());
        };
    }

    private void expect(JsonToken token, String place, String kind) {
        if (parser.currentToken() != token) {
            throw malformed("%s must be %s, got %s", place, kind, found());
        }
    }

    /** A client's own words in quotation marks. */
    static String quote(String text) {
        return '"' + Refusal.told(text) + '"';
    }

    static Refusal malformed(String message, Object... values) {
        return new Refusal(Reason.MALFORMED, message, values);
    }
}
