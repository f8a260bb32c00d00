package io.github.ram.service.web;

import io.github.ram.service.RamProperties;
import io.github.ram.service.Refusal;
import io.github.ram.service.Refusal.Reason;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.stereotype.Component;

/** The body of a request, which has come in before: see {@link BodyFilter}. */
@Component
public final class BodyReader {

    private final FormReader forms;

    BodyReader(RamProperties properties) {
        this.forms = new FormReader(properties.limits().batch());
    }

    /**
     * The whole body.
     *
     * @throws Refusal if it is empty, larger than the limit, or did not come in whole
     */
    public byte[] read(HttpServletRequest request) {
        IncomingBody body = IncomingBody.of(request);
        if (body == null) {
            throw new Refusal(Reason.MALFORMED, "the body is empty: send an image");
        }
        return body.bytes();
    }

    /**
     * The parts of a form that have a name.
     *
     * @return at least one
     * @throws Refusal if the body cannot be read, is not a form, or has no such part
     */
    public List<byte[]> readParts(HttpServletRequest request, String name) {
        return forms.read(read(request), request.getContentType(), name);
    }
}
