package io.github.ram.service.web;

import io.github.ram.service.RamMetrics;
import io.github.ram.service.RamProperties;
import io.github.ram.service.Rejection;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;

/**
 * Passes a request on only when its whole body has arrived. Until then the request takes no thread: a client that sends
 * slowly delays only itself, and is rejected after the time limit.
 *
 * <p>Nearly every body arrives together with its headers and is passed on at once.
 */
public final class BodyFilter extends HttpFilter {

    /** Attribute of a request that an earlier filter rejects: its {@link Rejection}. Its body is read and dropped. */
    public static final String REJECTION = BodyFilter.class.getName() + ".REJECTION";

    private static final long serialVersionUID = 1;

    private final transient RamProperties.Limits limits;
    private final transient RamMetrics metrics;
    private final transient Semaphore memory;
    private final transient ScheduledThreadPoolExecutor timer;

    /** @param memory bytes for the bodies of all requests together: without a limit, many connections could fill the heap */
    BodyFilter(RamProperties properties, RamMetrics metrics, Semaphore memory) {
        this.limits = properties.limits();
        this.metrics = metrics;
        this.memory = memory;
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "body-deadline");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true); // Or each body would be kept until its time is over.
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        IncomingBody body = IncomingBody.of(request);
        if (body == null) {
            body = new IncomingBody(request, response, limits.bodyBytes(), memory, metrics);
            if (request.getAttribute(REJECTION) instanceof Rejection rejection) {
                body.reject(rejection);
            }
            if (!body.readAvailable()) {
                body.receive(limits.bodyTime(), timer);
                return;
            }
        }
        try {
            body.requireTime();
            if (body.isRejected()) {
                body.answer();
            } else {
                chain.doFilter(request, response);
            }
        } finally {
            body.release();
        }
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }
}
