package io.github.ram.service.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriUtils;

/**
 * Answers the errors of the management port with a problem detail (RFC 9457). The metrics do not count them, as they reject
 * no predictions.
 */
final class ManagementErrors implements HandlerExceptionResolver, Ordered {

    private static final Logger LOG = LoggerFactory.getLogger(ManagementErrors.class);

    /** Before the resolvers of the service's port, which are consulted here too. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, Object handler, Exception e) {
        HttpStatus status = status(request, e);
        if (status.is5xxServerError()) {
            LOG.error("Request failed: port=management path={}", request.getServletPath(), e);
        }
        if (e instanceof ErrorResponse error) {
            error.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        }
        try {
            ErrorDocument.of(request, status, detail(status)).write(response);
        } catch (IOException gone) {
            LOG.debug("No response: the client is gone", gone);
        }
        return new ModelAndView();
    }

    private static HttpStatus status(HttpServletRequest request, Exception e) {
        if (e instanceof ErrorResponse error) {
            return HttpStatus.valueOf(error.getStatusCode().value());
        }
        return hasReadableQuery(request) ? HttpStatus.INTERNAL_SERVER_ERROR : HttpStatus.BAD_REQUEST;
    }

    private static boolean hasReadableQuery(HttpServletRequest request) {
        try {
            return request.getQueryString() == null
                    || UriUtils.decode(request.getQueryString(), StandardCharsets.UTF_8) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String detail(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST -> "the query cannot be read: correct the part after the question mark";
            case NOT_FOUND ->
                "there is nothing at this path: GET /actuator/health, /actuator/info or /actuator/prometheus";
            case METHOD_NOT_ALLOWED -> "this method is not allowed here: use GET";
            case NOT_ACCEPTABLE -> "no type that the Accept header allows is available: accept any";
            default -> status.is4xxClientError() ? ErrorDocument.UNREADABLE : ErrorDocument.FAILED;
        };
    }
}
