package io.github.ram.service.access;

import io.github.ram.service.web.ErrorDocument;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/**
 * Lets pages of other origins use the service (CORS), if the settings name these origins. A browser asks by a preflight
 * request, which has no key and is answered here.
 *
 * <p>A request of an origin that is not allowed is served without CORS headers, so that its browser withholds the answer
 * from the page. The filter does not reject such a request: behind a gateway the service's own page has another origin than
 * the service sees.
 */
final class CrossOriginFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private final transient UrlBasedCorsConfigurationSource methods = new UrlBasedCorsConfigurationSource();
    private final transient DefaultCorsProcessor processor = new DefaultCorsProcessor() {
        @Override
        protected void rejectRequest(ServerHttpResponse response) {
            // This filter writes the error.
        }
    };

    /** @param origins that are allowed, such as {@code https://example.org}; {@code *} for all */
    CrossOriginFilter(List<String> origins) {
        CorsConfiguration predictions = configuration(origins, HttpMethod.POST);
        for (String path : List.of(
                "/v1/predictions",
                "/v1/predictions/batch",
                "/v2/models/*/infer",
                "/v2/models/*/versions/*/infer",
                "/v2/repository/index")) {
            methods.registerCorsConfiguration(path, predictions);
        }
        methods.registerCorsConfiguration("/**", configuration(origins, HttpMethod.GET, HttpMethod.HEAD));
    }

    private static CorsConfiguration configuration(List<String> origins, HttpMethod... allowed) {
        CorsConfiguration configuration = new CorsConfiguration();
        configuration.setAllowedOrigins(origins);
        for (HttpMethod method : allowed) {
            configuration.addAllowedMethod(method);
        }
        configuration.addAllowedHeader(CorsConfiguration.ALL);
        configuration.setExposedHeaders(
                List.of("X-Request-Id", HttpHeaders.RETRY_AFTER, "Inference-Header-Content-Length"));
        configuration.setMaxAge(Duration.ofHours(1));
        return configuration;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        CorsConfiguration configuration = methods.getCorsConfiguration(request);
        boolean preflight = CorsUtils.isPreFlightRequest(request);
        boolean known = configuration.checkOrigin(request.getHeader(HttpHeaders.ORIGIN)) != null;
        if (known ? !processor.processRequest(configuration, request, response) : preflight) {
            reject(request, response, known);
        } else if (!preflight) {
            chain.doFilter(request, response);
        }
    }

    private static void reject(HttpServletRequest request, HttpServletResponse response, boolean known)
            throws IOException {
        String detail = known
                ? "this method is not allowed here to pages of other origins: use POST for predictions, GET for the rest"
                : "pages of this origin may not use the service: allow the origin by ram.cors.allowed-origins";
        ErrorDocument.of(request, HttpStatus.FORBIDDEN, detail).write(response);
    }
}
