package io.github.ram.service.grpc;

import io.github.ram.service.SettingException;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.grpc.server.GrpcServerFactory;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;

/**
 * Starts the server before the model is loaded, and stops it after the grace period: as the web server, and not together with
 * the model. Stopping asks the clients to close their connections and waits for the calls in progress.
 */
final class GrpcLifecycle extends GrpcServerLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(GrpcLifecycle.class);

    private final int port;

    /**
     * @param port for the message of an error
     * @param longestCall how long stopping waits
     */
    GrpcLifecycle(GrpcServerFactory factory, int port, Duration longestCall, ApplicationEventPublisher events) {
        super(factory, longestCall, events);
        this.port = port;
    }

    @Override
    protected void createAndStartGrpcServer() throws IOException {
        try {
            super.createAndStartGrpcServer();
        } catch (IOException e) {
            throw new SettingException(
                    "gRPC cannot listen on port " + port + ": " + e.getMessage()
                            + "; set ram.grpc.port (RAM_GRPC_PORT) to a free one",
                    e);
        }
        LOG.info("Listening for gRPC: port={}", getPort());
    }

    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
    }
}
