package io.github.ram.service.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/**
 * The headers of every answer, whoever gives it: the request's name, and those that tell browsers to do nothing with
 * the answer but show it.
 */
public final class AnswerHeaders {

    private static final String REQUEST_ID = "X-Request-Id";

    /** A name that a client or a gateway may give: nothing that could forge a line of the log. */
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private static final String PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** Swagger UI has its icons in its styles. */
    private static final String SWAGGER_POLICY = PAGE_POLICY.replace("img-src 'self'", "img-src 'self' data:");

    private static final Map<String, String> HEADERS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()");

    private AnswerHeaders() {}

    /**
     * Sets them.
     *
     * @param request may be so broken that it has neither path nor headers
     * @return the request's name: the one it came with, if that can be shown, or a new one
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
        if (path.startsWith("/v")) { // predictions are nobody's but the asker's
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
