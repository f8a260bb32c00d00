package io.github.ram.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.ram.service.fixture.TestService;
import io.micrometer.tracing.Tracer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces, if they are switched on. */
class TracingTest {

    @TempDir
    Path directory;

    @Test
    void tracesGoToTheCollector() throws Exception {
        BlockingQueue<String> traces = new LinkedBlockingQueue<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            traces.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        String endpoint = "http://localhost:" + collector.getAddress().getPort() + "/v1/traces";
        try (TestService service = TestService.start(
                directory,
                "--management.opentelemetry.enabled=true",
                "--management.opentelemetry.tracing.export.otlp.compression=none",
                "--management.opentelemetry.tracing.export.otlp.endpoint=" + endpoint)) {
            service.send(service.request("/v1/model")
                    .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

            assertThat(traces.poll(2, TimeUnit.MINUTES)).contains("http get /v1/model", "ram-service");
            String metrics = service.getManagement(
                            "/actuator/prometheus", "application/openmetrics-text;version=1.0.0;charset=utf-8")
                    .body();
            assertThat(metrics.lines().filter(line -> line.contains("# {")))
                    .isNotEmpty()
                    .allMatch(line -> line.contains("_bucket{") || line.contains("_total"));
            assertThat(metrics).contains("http_server_requests_seconds_bucket{");
        } finally {
            collector.stop(0);
        }
    }

    @Test
    void nothingIsTracedUnlessAskedFor() {
        try (TestService service = TestService.start(directory)) {
            assertThat(service.beans(Tracer.class)).isEmpty();
        }
    }
}
