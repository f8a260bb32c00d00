package io.github.ram.service.access;

import io.github.ram.service.RamMetrics;
import io.github.ram.service.Refusal.Reason;
import io.github.ram.service.web.WrittenError;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;

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
        if (request.getAttribute(ApiKeyFilter.REFUSED) == null) {
            chain.doFilter(request, response);
            return;
        }
        metrics.rejected(Reason.UNAUTHORIZED);
        response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"ram\"");
        response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"ram\", charset=\"UTF-8\"");
        WrittenError.of(
                        request.getServletPath(),
                        Reason.UNAUTHORIZED.status(),
                        "a valid API key is needed: send it as Authorization: Bearer KEY, or as X-API-Key: KEY")
                .write(response);
    }
}
