package io.github.ram.service.web;

import io.github.ram.service.RamMetrics;
import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Answers every rejection and every failure with a problem detail (RFC 9457) that says what to do; under
 * {@code /v2} with the error that the Open Inference Protocol has instead.
 */
@RestControllerAdvice
final class ProblemHandler extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

    private final RamMetrics metrics;

    ProblemHandler(RamMetrics metrics) {
        this.metrics = metrics;
    }

    @ExceptionHandler
    ResponseEntity<Object> refused(Rejection e, WebRequest request) {
        HttpHeaders headers = new HttpHeaders();
        if (e.reason() == Reason.UNAVAILABLE || e.reason() == Reason.QUEUE_FULL) {
            headers.set(HttpHeaders.RETRY_AFTER, "1");
        }
        return handleExceptionInternal(e, null, headers, e.reason().status(), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> failed(Exception e, WebRequest request) {
        if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
            return null; // The client is gone.
        }
        return handleExceptionInternal(e, null, new HttpHeaders(), HttpStatus.INTERNAL_SERVER_ERROR, request);
    }

    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception e, Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (status.is5xxServerError()
                && !(e instanceof Rejection)
                && !DisconnectedClientHelper.isClientDisconnectedException(e)) {
            LOG.error("Request failed", e);
        }
        if (e instanceof Rejection rejection) {
            metrics.rejected(rejection.reason());
        } else {
            Reason.of(status.value()).ifPresent(metrics::rejected);
        }
        if (request instanceof ServletWebRequest servlet
                && servlet.getResponse().isCommitted()) {
            return null; // Tomcat has answered: the request was not valid HTTP.
        }
        boolean openInference = isOpenInference(request);
        Object error = openInference
                ? new OpenInferenceError(openInferenceDetail(e, status))
                : ProblemDetail.forStatusAndDetail(status, detail(e, status));
        HttpHeaders all = new HttpHeaders();
        all.putAll(headers);
        // Set here: otherwise a client with another or an invalid Accept header gets an empty answer.
        all.setContentType(openInference ? MediaType.APPLICATION_JSON : MediaType.APPLICATION_PROBLEM_JSON);
        return super.handleExceptionInternal(e, error, all, status, request);
    }

    private static boolean isOpenInference(WebRequest request) {
        return request instanceof ServletWebRequest servlet
                && OpenInferenceError.isFor(servlet.getRequest().getServletPath());
    }

    private String openInferenceDetail(Exception e, HttpStatusCode status) {
        if (e instanceof NoResourceFoundException || e instanceof NoHandlerFoundException) {
            return "there is nothing at this path: GET /v2/models/ram, or POST to /v2/models/ram/infer";
        }
        return detail(e, status);
    }

    private static String detail(Exception e, HttpStatusCode status) {
        if (e instanceof Rejection) {
            return e.getMessage();
        }
        if (e instanceof HttpMediaTypeNotSupportedException type) {
            String given = type.getContentType() == null
                    ? "the request has no valid Content-Type"
                    : "Content-Type " + type.getContentType() + " is not supported";
            boolean noImages = !type.getSupportedMediaTypes().isEmpty()
                    && type.getSupportedMediaTypes().stream().noneMatch(MediaType.IMAGE_PNG::isCompatibleWith);
            return given
                    + (noImages
                            ? ": send multipart/form-data or application/json, or one image to /v1/predictions"
                            : ": send image/png, image/jpeg, image/bmp, image/gif, image/webp, multipart/form-data or application/json");
        }
        if (e instanceof HttpMediaTypeNotAcceptableException) {
            return "the answer is application/json, or image/png for one prediction, which the request's Accept header rules out: accept one";
        }
        if (e instanceof HttpRequestMethodNotSupportedException method) {
            return method.getMethod() + " is not allowed here: use "
                    + String.join(" or ", method.getSupportedMethods());
        }
        if (e instanceof NoResourceFoundException || e instanceof NoHandlerFoundException) {
            return "there is nothing at this path: POST an image to /v1/predictions, or GET /v1/model";
        }
        return status.is4xxClientError() ? ErrorDocument.UNREADABLE : ErrorDocument.FAILED;
    }
}
