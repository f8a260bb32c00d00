package io.github.ram.service.web;

import io.github.ram.service.RamProperties;
import io.github.ram.service.Refusal;
import io.github.ram.service.Refusal.Reason;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.stereotype.Component;

/** Reads the body of a request: never more of it than the limit, whatever its headers announce. */
@Component
public final class BodyReader {

    private final int limit;

    BodyReader(RamProperties properties) {
        this.limit = properties.limits().bodyBytes();
    }

    /**
     * The whole body.
     *
     * @throws Refusal if it is empty, larger than the limit, or ends before it should
     */
    public byte[] read(HttpServletRequest request) {
        if (request.getContentLengthLong() > limit) {
            throw tooLarge(limit);
        }
        try {
            // Reads in small steps: what is only announced takes no memory.
            byte[] body = request.getInputStream().readNBytes(limit + 1);
            if (body.length > limit) {
                throw tooLarge(limit);
            }
            if (body.length == 0) {
                throw new Refusal(Reason.MALFORMED, "the body is empty: send an image");
            }
            return body;
        } catch (IOException e) {
            throw incomplete();
        }
    }

    /** A part of a form. The form as a whole has been held to the limit. */
    public byte[] read(Part part) {
        try (InputStream in = part.getInputStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw incomplete();
        }
    }

    static Refusal tooLarge(int limit) {
        return new Refusal(
                Reason.TOO_LARGE,
                "the body is larger than the %d bytes allowed: send a smaller image".formatted(limit));
    }

    private static Refusal incomplete() {
        return new Refusal(Reason.MALFORMED, "the body ends before it should, or came too slowly: send it again");
    }
}
