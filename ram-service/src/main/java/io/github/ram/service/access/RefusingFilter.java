package io.github.ram.service.access;

import io.github.ram.service.RamMetrics;
import io.github.ram.service.Refusal;
import io.github.ram.service.web.BodyFilter;
import io.github.ram.service.web.WrittenError;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Refuses what {@link ApiKeyFilter} has found no key on. Of all filters the last. */
final class RefusingFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private final transient RamMetrics metrics;

    RefusingFilter(RamMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getAttribute(BodyFilter.REFUSAL) instanceof Refusal refusal) {
            metrics.rejected(refusal.reason());
            WrittenError.of(
                            request.getServletPath(),
                            request.getRequestURI(),
                            refusal.reason().status(),
                            refusal.getMessage())
                    .write(response);
        } else {
            chain.doFilter(request, response);
        }
    }
}
