package io.github.ram.service.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;

/**
 * Hands the {@link Client} of each request on to those further in. And while the service is not ready, or no longer, it
 * asks clients to come by another connection next time: so at shutdown none is left on which a request could be lost.
 */
final class ConnectionValve extends ValveBase {

    private final ApplicationAvailability availability;

    ConnectionValve(ApplicationAvailability availability) {
        super(true);
        this.availability = availability;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        Object client = request.getCoyoteRequest().getNote(ClientAwareProtocol.CLIENT_NOTE);
        request.setAttribute(Client.class.getName(), client);
        if (availability.getReadinessState() != ReadinessState.ACCEPTING_TRAFFIC) {
            response.setHeader("Connection", "close");
        }
        getNext().invoke(request, response);
    }
}
