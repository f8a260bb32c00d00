package io.github.ram.service.oip;

import java.util.List;
import java.util.OptionalInt;

/** The header by which the binary extension tells where a body's JSON ends. */
final class InferenceHeader {

    static final String NAME = "Inference-Header-Content-Length";

    private InferenceHeader() {}

    /**
     * The length of a body's JSON.
     *
     * @param values of the header in the request
     * @param bodyLength bytes of the whole body
     * @return nothing where the header is left out: then all of the body is JSON
     * @throws io.github.ram.service.Rejection if it is no length that such a body can have
     */
    static OptionalInt jsonLength(List<String> values, int bodyLength) {
        if (values.isEmpty()) {
            return OptionalInt.empty();
        }
        String value = values.get(0);
        // Up to nine digits are an int. No body is longer.
        boolean number = value.matches("0*[0-9]{1,9}");
        if (values.size() > 1 || !number || Integer.parseInt(value) > bodyLength) {
            throw OipErrors.malformed(
                    "%s must be one integer from 0 to %d, the length of the body, got %s",
                    NAME, bodyLength, OipErrors.quote(String.join(", ", values)));
        }
        return OptionalInt.of(Integer.parseInt(value));
    }
}
