package io.github.ram.service.web;

import io.github.ram.service.RamProperties;
import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import jakarta.servlet.http.HttpServletRequest;
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
     * @throws Rejection if it is empty
     */
    public byte[] read(HttpServletRequest request) {
        byte[] body = IncomingBody.of(request).bytes();
        if (body.length == 0) {
            throw new Rejection(Reason.MALFORMED, "the body is empty: send an image");
        }
        return body;
    }

    /**
     * Reads a form of the type multipart/form-data.
     *
     * @param name of the parts that are files
     * @throws Rejection if the body is not a form or has no such part
     */
    public Form readForm(HttpServletRequest request, String name) {
        return forms.read(read(request), request.getContentType(), name);
    }
}
