package io.github.ram.service.grpc;

import io.github.ram.service.RamMetrics;
import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import io.github.ram.service.model.QueueReservation;
import io.github.ram.service.web.ErrorDocument;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/** Describes errors of calls, counts rejections and logs failures. */
@Component
@ConditionalOnBooleanProperty("ram.grpc.enabled")
public final class CallErrors {

    private static final Logger LOG = LoggerFactory.getLogger(CallErrors.class);

    /** What Retry-After is to HTTP: clients with a retry policy wait for so many milliseconds. */
    private static final Metadata.Key<String> PUSHBACK =
            Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

    private final RamMetrics metrics;

    CallErrors(RamMetrics metrics) {
        this.metrics = metrics;
    }

    /**
     * Returns the error that ends a call.
     *
     * @param failure a {@link Rejection}, a {@link TimeoutException} past the deadline, or any other failure
     */
    public StatusRuntimeException of(Throwable failure) {
        if (failure instanceof Rejection rejection) {
            return of(rejection);
        }
        if (failure instanceof TimeoutException) {
            return of(QueueReservation.late());
        }
        LOG.error("Request failed", failure);
        return Status.INTERNAL.withDescription(ErrorDocument.FAILED).asRuntimeException();
    }

    private StatusRuntimeException of(Rejection rejection) {
        metrics.rejected(rejection.reason());
        Metadata trailers = new Metadata();
        if (rejection.reason() == Reason.UNAVAILABLE || rejection.reason() == Reason.QUEUE_FULL) {
            trailers.put(PUSHBACK, "1000");
        }
        return status(rejection.reason())
                .withDescription(rejection.getMessage())
                .asRuntimeException(trailers);
    }

    private static Status status(Reason reason) {
        return switch (reason) {
            // Not RESOURCE_EXHAUSTED for what is too large: clients would send it again.
            case MALFORMED, TOO_LARGE, UNSUPPORTED_TYPE, UNUSABLE -> Status.INVALID_ARGUMENT;
            case NOT_FOUND -> Status.NOT_FOUND;
            case UNAUTHORIZED -> Status.UNAUTHENTICATED;
            case QUEUE_FULL -> Status.RESOURCE_EXHAUSTED;
            case UNAVAILABLE -> Status.UNAVAILABLE;
            case DEADLINE -> Status.DEADLINE_EXCEEDED;
        };
    }
}
