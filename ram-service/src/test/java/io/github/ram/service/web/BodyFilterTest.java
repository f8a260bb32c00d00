package io.github.ram.service.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ram.service.RamMetrics;
import io.github.ram.service.RamProperties;
import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Complete bodies, which share a memory of 20,000 bytes. */
class BodyFilterTest {

    private static final RamProperties PROPERTIES =
            new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("ram", RamProperties.class);

    private final BodyFilter filter =
            new BodyFilter(PROPERTIES, new RamMetrics(new SimpleMeterRegistry()), new Semaphore(20_000));

    @Test
    void bodiesTakeNoMoreThanTheirMemory() throws Exception {
        pass(body(12_000), (request, response) -> {
            assertThat(bytes(request)).hasSize(12_000);
            assertThat(rejection(body(12_000))).isEqualTo(429);
            pass(body(4_000), (second, answer) -> assertThat(bytes(second)).hasSize(4_000));
        });
    }

    @Test
    void memoryIsReleasedHoweverARequestEnds() throws Exception {
        for (int i = 0; i < 10; i++) {
            pass(body(20_000 - i), (request, response) -> {});
            assertThatThrownBy(() -> pass(body(20_000), (request, response) -> {
                        throw new IllegalStateException("the request failed");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(rejection(body(30_000))).isEqualTo(429);
        }
        pass(body(20_000), (request, response) -> assertThat(bytes(request)).hasSize(20_000));
    }

    @Test
    void bodyOfARejectedRequestIsReadAndDropped() throws Exception {
        MockHttpServletRequest request = body(900_000);
        request.setAttribute(BodyFilter.REJECTION, new Rejection(Reason.UNAUTHORIZED, "no key"));

        assertThat(rejection(request)).isEqualTo(401);

        assertThat(request.getInputStream().read()).isEqualTo(-1);
    }

    /** Sends a request that must not be passed on, and returns the status of its response. */
    private int rejection(MockHttpServletRequest request) throws IOException, ServletException {
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilter(request, response, (same, answer) -> {
            throw new AssertionError("the request was passed on");
        });
        return response.getStatus();
    }

    private void pass(MockHttpServletRequest request, FilterChain chain) throws IOException, ServletException {
        filter.doFilter(request, new MockHttpServletResponse(), chain);
    }

    private static MockHttpServletRequest body(int size) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/v1/predictions");
        request.setContent(new byte[size]);
        return request;
    }

    private static byte[] bytes(Object request) {
        return IncomingBody.of((MockHttpServletRequest) request).bytes();
    }
}
