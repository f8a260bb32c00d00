package io.github.ram.service.oip.inference;

import java.util.List;
import java.util.OptionalInt;

/** The header of the binary extension that has the length of a body's JSON. */
public final class InferenceHeader {

    /** Name of the HTTP header, whose value is the length of the JSON part in bytes. */
    public static final String NAME = "Inference-Header-Content-Length";

    private InferenceHeader() {}

    /**
     * Returns the length of a body's JSON.
     *
     * @param values of the header in the request
     * @param bodyLength bytes of the whole body
     * @return empty without the header: then the whole body is JSON
     * @throws io.github.ram.service.Rejection if the value is not a length within the body
     */
    public static OptionalInt jsonLength(List<String> values, int bodyLength) {
        if (values.isEmpty()) {
            return OptionalInt.empty();
        }
        String value = values.get(0);
        // Nine digits fit an int, and no body is longer.
        boolean number = value.matches("0*[0-9]{1,9}");
        if (values.size() > 1 || !number || Integer.parseInt(value) > bodyLength) {
            throw OipErrors.malformed(
                    "%s must be one integer from 0 to %d, the length of the body, got %s",
                    NAME, bodyLength, OipErrors.quote(String.join(", ", values)));
        }
        return OptionalInt.of(Integer.parseInt(value));
    }
}
