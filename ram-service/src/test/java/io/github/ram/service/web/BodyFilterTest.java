package io.github.ram.service.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ram.service.RamMetrics;
import io.github.ram.service.RamProperties;
import io.github.ram.service.Refusal;
import io.github.ram.service.Refusal.Reason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Bodies that have come whole share a memory of 20,000 bytes. */
class BodyFilterTest {

    private static final RamProperties PROPERTIES =
            new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("ram", RamProperties.class);

    private final BodyFilter filter =
            new BodyFilter(PROPERTIES, new RamMetrics(new SimpleMeterRegistry()), new BodyMemory(20_000));

    @Test
    void bodiesTakeNoMoreThanTheirMemory() throws Exception {
        pass(body(12_000), (request, response) -> {
            assertThat(bytes(request)).hasSize(12_000);
            pass(
                    body(12_000),
                    (second, answer) -> assertThatThrownBy(() -> bytes(second))
                            .isInstanceOfSatisfying(
                                    Refusal.class,
                                    refusal -> assertThat(refusal.reason()).isEqualTo(Reason.QUEUE_FULL)));
            pass(body(4_000), (second, answer) -> assertThat(bytes(second)).hasSize(4_000));
        });
    }

    @Test
    void memoryIsGivenBackHoweverARequestEnds() throws Exception {
        for (int i = 0; i < 10; i++) {
            pass(body(20_000 - i), (request, response) -> {});
            assertThatThrownBy(() -> pass(body(20_000), (request, response) -> {
                        throw new IllegalStateException("the request failed");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            pass(
                    body(2_000_000),
                    (request, response) -> assertThatThrownBy(() -> bytes(request))
                            .hasMessageContaining("larger than the 1048576 bytes allowed"));
        }
        pass(body(20_000), (request, response) -> assertThat(bytes(request)).hasSize(20_000));
    }

    @Test
    void bodyOfARefusedRequestGoesBy() throws Exception {
        Refusal refusal = new Refusal(Reason.UNAUTHORIZED, "no key");
        MockHttpServletRequest request = body(900_000);
        request.setAttribute(BodyFilter.REFUSAL, refusal);

        pass(request, (same, response) -> assertThatThrownBy(() -> bytes(same)).isSameAs(refusal));

        assertThat(request.getInputStream().read()).isEqualTo(-1);
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
