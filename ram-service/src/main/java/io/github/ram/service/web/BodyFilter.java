package io.github.ram.service.web;

import io.github.ram.service.RamMetrics;
import io.github.ram.service.RamProperties;
import io.github.ram.service.Refusal;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Lets a request go on only when its whole body is here. Until then it takes no thread: a client that
 * sends slowly, or stops sending, keeps nobody waiting but itself, and is refused when its time is up.
 *
 * <p>Nearly every body comes together with its headers and goes straight on.
 */
public final class BodyFilter extends HttpFilter {

    /** Attribute of a request that is going to be refused, its {@link Refusal}: its body goes by, and takes no memory. */
    public static final String REFUSAL = BodyFilter.class.getName() + ".REFUSAL";

    private static final long serialVersionUID = 1;

    private final transient RamProperties.Limits limits;
    private final transient RamMetrics metrics;
    private final transient BodyMemory memory;

    /** @param memory for the bodies of all requests together */
    BodyFilter(RamProperties properties, RamMetrics metrics, BodyMemory memory) {
        this.limits = properties.limits();
        this.metrics = metrics;
        this.memory = memory;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!announcesBody(request)) {
            chain.doFilter(request, response);
            return;
        }
        IncomingBody body = new IncomingBody(
                request, response, limits.bodyBytes(), memory, metrics, (Refusal) request.getAttribute(REFUSAL));
        if (body.readWhatIsHere()) {
            try {
                chain.doFilter(request, response);
            } finally {
                body.release();
            }
        } else {
            AsyncContext wait = request.startAsync();
            wait.setTimeout(limits.bodyTime().toMillis());
            wait.addListener(body);
            request.getInputStream().setReadListener(body);
        }
    }

    private static boolean announcesBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }
}
