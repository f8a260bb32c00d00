package io.github.ram.service.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/** The headers of every response: the request's identifier, and those that forbid browsers all but showing the response. */
public final class ResponseHeaders {

    private static final String REQUEST_ID = "X-Request-Id";

    /** An identifier that a client or a gateway may choose: it cannot forge a line of the log. */
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private static final String PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** Swagger UI keeps its icons in its style sheets. */
    private static final String SWAGGER_POLICY = PAGE_POLICY.replace("img-src 'self'", "img-src 'self' data:");

    private static final Map<String, String> HEADERS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()");

    private ResponseHeaders() {}

    /**
     * Sets the headers.
     *
     * @param request may be so broken that it has neither path nor headers
     * @return the request's identifier: the client's, if a log can show it, or a new one
     */
    public static String set(HttpServletRequest request, HttpServletResponse response) {
        String id = id(request);
        String path = request.getRequestURI() == null ? "" : request.getRequestURI();
        response.setHeader(REQUEST_ID, id);
        HEADERS.forEach(response::setHeader);
        response.setHeader("Content-Security-Policy", path.startsWith("/swagger-ui") ? SWAGGER_POLICY : PAGE_POLICY);
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
        if (path.startsWith("/v")) { // A prediction is for its client only.
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        return id;
    }

    private static String id(HttpServletRequest request) {
        if (request.getAttribute(REQUEST_ID) instanceof String id) {
            return id;
        }
        String given = request.getHeader(REQUEST_ID);
        String id = given != null && SANE.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
        request.setAttribute(REQUEST_ID, id);
        return id;
    }
}
