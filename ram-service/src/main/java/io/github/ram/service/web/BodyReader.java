package io.github.ram.service.web;

import io.github.ram.service.RamProperties;
import io.github.ram.service.Refusal;
import io.github.ram.service.Refusal.Reason;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.stereotype.Component;

/** Reads the body of a request, which {@link BodyFilter} has received. */
@Component
public final class BodyReader {

    private final FormReader forms;

    BodyReader(RamProperties properties) {
        this.forms = new FormReader(properties.limits().batch());
    }

    /**
     * Returns the whole body.
     *
     * @throws Refusal if it is empty
     */
    public byte[] read(HttpServletRequest request) {
        byte[] body = IncomingBody.of(request).bytes();
        if (body.length == 0) {
            throw new Refusal(Reason.MALFORMED, "the body is empty: send an image");
        }
        return body;
    }

    /**
     * Returns the content of each part of a form that has a name.
     *
     * @return at least one
     * @throws Refusal if the body is not a form or has no such part
     */
    public List<byte[]> readParts(HttpServletRequest request, String name) {
        return forms.read(read(request), request.getContentType(), name);
    }
}
