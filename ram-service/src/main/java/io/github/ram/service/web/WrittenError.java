package io.github.ram.service.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * The answer to an error where Spring does not write it: a problem detail (RFC 9457), or under {@code /v2}
 * the error of the Open Inference Protocol.
 *
 * @param status of the answer
 * @param type media type of the body
 * @param body JSON, of ASCII characters
 */
public record WrittenError(HttpStatus status, String type, String body) {

    /** The detail of a client's error that no other sentence fits. */
    static final String UNREADABLE = "the request cannot be read: correct its path, query and headers";

    /** The detail of an error of the service. */
    static final String FAILED =
            "the service failed at this request, which is noted in its log: the same request may fail again";

    /** What JSON takes as it is. */
    private static final Pattern PLAIN = Pattern.compile("[!-~&&[^\"\\\\]]+");

    /**
     * An error.
     *
     * @param path of the request, decoded; null if it was too broken to have one
     * @param uri the path as it came; null likewise
     * @param detail what was wrong and what to do, in ASCII characters that JSON does not escape
     */
    public static WrittenError of(String path, String uri, HttpStatus status, String detail) {
        String instance = uri != null && PLAIN.matcher(uri).matches() ? ",\"instance\":\"%s\"".formatted(uri) : "";
        return OpenInferenceError.isFor(path)
                ? new WrittenError(status, MediaType.APPLICATION_JSON_VALUE, "{\"error\":\"%s\"}".formatted(detail))
                : new WrittenError(
                        status,
                        MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                        "{\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"%s}"
                                .formatted(status.getReasonPhrase(), status.value(), detail, instance));
    }

    /** Answers with it. */
    public void write(HttpServletResponse response) throws IOException {
        response.setStatus(status.value());
        response.setContentType(type);
        response.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
    }
}
