package io.github.ram.service.access;

import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import io.github.ram.service.web.BodyFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.springframework.http.HttpHeaders;

/**
 * Requires a key at every path but the probes', before anything else of a request is read. A request without a valid key is
 * marked, and {@link BodyFilter} rejects it.
 *
 * <p>The key is sent as {@code Authorization: Bearer KEY}, as {@code X-API-Key: KEY}, or as the password of
 * {@code Authorization: Basic}, which browsers send.
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
        if (!keys.isOpen() && !PROBES.contains(request.getRequestURI()) && !hasKey(request)) {
            request.setAttribute(BodyFilter.REJECTION, rejection());
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"ram\"");
            response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"ram\", charset=\"UTF-8\"");
        }
        chain.doFilter(request, response);
    }

    private static Rejection rejection() {
        return new Rejection(
                Reason.UNAUTHORIZED,
                "a valid API key is needed: send it as Authorization: Bearer KEY, or as X-API-Key: KEY");
    }

    /** Either header is accepted: a gateway may have set the other. */
    private boolean hasKey(HttpServletRequest request) {
        return isValid(request.getHeader("X-API-Key")) || isValid(authorizing(request));
    }

    private boolean isValid(String key) {
        return key != null && keys.contains(key);
    }

    private static String authorizing(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null) {
            return null;
        }
        String[] schemeAndKey = authorization.strip().split(" +", 2);
        if (schemeAndKey.length < 2) {
            return null;
        }
        return switch (schemeAndKey[0].toLowerCase(Locale.ROOT)) {
            case "bearer" -> schemeAndKey[1];
            case "basic" -> password(schemeAndKey[1]);
            default -> null;
        };
    }

    private static String password(String credentials) {
        try {
            String decoded = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            return decoded.substring(decoded.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return null; // not Base64
        }
    }
}
