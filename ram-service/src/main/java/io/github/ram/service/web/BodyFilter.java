package io.github.ram.service.web;

import io.github.ram.service.RamProperties;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
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

    /** Attribute of a request that is going to be refused: its body goes by, and takes no memory. */
    public static final String UNWANTED = BodyFilter.class.getName() + ".UNWANTED";

    private static final long serialVersionUID = 1;

    private final transient RamProperties.Limits limits;

    BodyFilter(RamProperties properties) {
        this.limits = properties.limits();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getDispatcherType() == DispatcherType.REQUEST && announcesBody(request)) {
            int limit = request.getAttribute(UNWANTED) == null ? limits.bodyBytes() : 0;
            IncomingBody body = new IncomingBody(request, response, limit);
            if (!body.readWhatIsHere()) {
                AsyncContext wait = request.startAsync();
                wait.setTimeout(limits.bodyTime().toMillis());
                wait.addListener(body);
                request.getInputStream().setReadListener(body);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private static boolean announcesBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }
}
