package io.github.ram.service.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers the errors of the management port with a problem detail (RFC 9457). They are no refusals of
 * predictions, so they are not counted as such.
 */
final class ManagementErrors implements HandlerExceptionResolver, Ordered {

    private static final Logger LOG = LoggerFactory.getLogger(ManagementErrors.class);

    /** Before those of the service, which are asked here too. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, Object handler, Exception e) {
        HttpStatus status = status(e);
        if (status.is5xxServerError()) {
            LOG.error("A request failed", e);
        }
        if (e instanceof ErrorResponse error) {
            error.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        }
        try {
            WrittenError.of(request.getServletPath(), request.getRequestURI(), status, detail(status))
                    .write(response);
        } catch (IOException gone) {
            LOG.debug("no answer to a client that has gone", gone);
        }
        return new ModelAndView();
    }

    private static HttpStatus status(Exception e) {
        if (e instanceof InvalidParameterException) {
            return HttpStatus.BAD_REQUEST;
        }
        return e instanceof ErrorResponse error
                ? HttpStatus.valueOf(error.getStatusCode().value())
                : HttpStatus.INTERNAL_SERVER_ERROR;
    }

    private static String detail(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST -> "the query cannot be read: correct what follows the question mark";
            case NOT_FOUND ->
                "there is nothing at this path: GET /actuator/health, /actuator/info or /actuator/prometheus";
            case METHOD_NOT_ALLOWED -> "this method does not go here: use GET";
            case NOT_ACCEPTABLE -> "there is no answer of a type that the Accept header allows: accept any";
            default -> status.is4xxClientError() ? WrittenError.UNREADABLE : WrittenError.FAILED;
        };
    }
}
