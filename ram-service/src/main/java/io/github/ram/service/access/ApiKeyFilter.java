package io.github.ram.service.access;

import io.github.ram.service.web.BodyFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.HttpHeaders;

/**
 * Requires a key at every path but the probes', before anything else of a request is read. A request without a valid key is
 * marked, and {@link BodyFilter} rejects it.
 */
final class ApiKeyFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private static final Set<String> PROBES = Set.of("/livez", "/readyz", "/v2/health/live", "/v2/health/ready");

    private final transient ApiKeys keys;

    ApiKeyFilter(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!keys.isOpen() && !PROBES.contains(request.getRequestURI()) && !KeyHeaders.open(keys, request::getHeader)) {
            request.setAttribute(BodyFilter.REJECTION, KeyHeaders.rejection());
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"ram\"");
            response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"ram\", charset=\"UTF-8\"");
        }
        chain.doFilter(request, response);
    }
}
