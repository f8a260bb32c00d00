package io.github.ram.service.web;

import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Parsers of JSON bodies. */
public final class JsonBody {

    private JsonBody() {}

    /**
     * Returns a parser of the beginning of a body.
     *
     * @param length how many of its bytes are JSON
     * @throws Rejection if its first bytes show an encoding that is not supported
     */
    public static JsonParser parser(JsonFactory json, byte[] body, int length) {
        try {
            return json.createParser(ObjectReadContext.empty(), body, 0, length);
        } catch (JacksonException e) {
            throw new Rejection(Reason.MALFORMED, "the body is not in an encoding that JSON allows: send UTF-8");
        }
    }
}
