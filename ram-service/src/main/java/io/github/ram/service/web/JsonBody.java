package io.github.ram.service.web;

import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A body of JSON, to be read token by token. */
public final class JsonBody {

    private JsonBody() {}

    /**
     * A parser of the beginning of a body.
     *
     * @param length how many of its bytes are JSON
     * @throws Rejection if its first bytes say that it is in an encoding that is not read
     */
    public static JsonParser parser(JsonFactory json, byte[] body, int length) {
        try {
            return json.createParser(ObjectReadContext.empty(), body, 0, length);
        } catch (JacksonException e) {
            throw new Rejection(Reason.MALFORMED, "the body is not in an encoding that JSON allows: send UTF-8");
        }
    }
}
