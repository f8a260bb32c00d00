package io.github.ram.service.web;

import io.github.ram.service.RamMetrics;
import io.github.ram.service.Rejection.Reason;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;

/**
 * Manages connections before any filter runs. While the service is not ready, the valve closes connections with their next
 * answer, so that at shutdown no request is lost on one. A body that is too large is rejected before it is sent, if its
 * client waits for "100 Continue", which Tomcat sends before the filters.
 */
final class ConnectionValve extends ValveBase {

    private final ApplicationAvailability availability;
    private final RamMetrics metrics;
    private final int limit;

    /** @param limit most bytes of a body */
    ConnectionValve(ApplicationAvailability availability, RamMetrics metrics, int limit) {
        super(true);
        this.availability = availability;
        this.metrics = metrics;
        this.limit = limit;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (request.getHeader("Expect") != null && request.getContentLengthLong() > limit) {
            ResponseHeaders.set(request, response);
            response.setHeader("Connection", "close");
            metrics.rejected(Reason.TOO_LARGE);
            String path = request.getRequestURI();
            ErrorDocument.of(path, path, Reason.TOO_LARGE.status(), IncomingBody.tooLarge(limit))
                    .write(response);
            return;
        }
        if (availability.getReadinessState() != ReadinessState.ACCEPTING_TRAFFIC) {
            response.setHeader("Connection", "close");
        }
        getNext().invoke(request, response);
    }
}
