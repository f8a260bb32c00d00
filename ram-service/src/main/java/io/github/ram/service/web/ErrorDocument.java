package io.github.ram.service.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * The response to an error that Spring MVC does not write: a problem detail (RFC 9457), or under {@code /v2} the error of
 * the Open Inference Protocol.
 *
 * @param status of the response
 * @param type media type of the body
 * @param body JSON in UTF-8
 */
public record ErrorDocument(HttpStatus status, String type, byte[] body) {

    /** The detail of a client's error that no other sentence fits. */
    static final String UNREADABLE = "the request cannot be read: correct its path, query and headers";

    /** The detail of an error of the service. */
    public static final String FAILED =
            "the service failed at this request and logged why: the same request may fail again";

    private static final JsonMapper JSON = JsonMapper.shared();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Problem(String title, int status, String detail, String instance) {}

    /**
     * Describes an error.
     *
     * @param path of the request, decoded; null if the request was too broken to have one
     * @param uri the path as the client sent it; null likewise
     * @param detail what was wrong and what to do
     */
    static ErrorDocument of(String path, String uri, HttpStatus status, String detail) {
        return OpenInferenceError.isFor(path)
                ? new ErrorDocument(
                        status,
                        MediaType.APPLICATION_JSON_VALUE,
                        JSON.writeValueAsBytes(new OpenInferenceError(detail)))
                : new ErrorDocument(
                        status,
                        MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                        JSON.writeValueAsBytes(new Problem(status.getReasonPhrase(), status.value(), detail, uri)));
    }

    /** Describes an error of a request that has a path. */
    public static ErrorDocument of(HttpServletRequest request, HttpStatus status, String detail) {
        return of(request.getServletPath(), request.getRequestURI(), status, detail);
    }

    /** Sends the document as the whole response. */
    public void write(HttpServletResponse response) throws IOException {
        response.setStatus(status.value());
        response.setContentType(type);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }
}
