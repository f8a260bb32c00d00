package io.github.ram.docker;

import static io.github.ram.helm.Command.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ram.helm.Command;
import io.github.ram.helm.Needs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Compose file. Compose parses all of it and starts the services that have an image. */
@NeedsImages
class ComposeIT {

    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final List<String> PLUGIN = List.of("docker", "compose");
    private static final List<String> PROGRAM = List.of("docker-compose");

    private static final int SERVICE_PORT = freePort();
    private static final int PROMETHEUS_PORT = freePort();

    private static List<String> compose;

    @BeforeAll
    static void findCompose() {
        if (Command.succeeds(HERE, with(PLUGIN, "version"))) {
            compose = PLUGIN;
        } else {
            assumeTrue(
                    Needs.required("RAM_CONTAINERS") || Command.succeeds(HERE, with(PROGRAM, "version")),
                    "there is no Docker Compose");
            compose = PROGRAM;
        }
    }

    @Test
    void fileIsValid() {
        assertThat(compose("config", "--quiet")).isEmpty();
    }

    @Test
    void serviceAndItsMetricsAreUp() {
        try {
            compose("up", "--detach", "--no-build", "service", "prometheus");

            await().atMost(Duration.ofMinutes(3))
                    .until(() -> get(SERVICE_PORT, "/readyz").contains("\"UP\""));
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> get(PROMETHEUS_PORT, "/api/v1/query?query=ram_model_info")
                            .contains("\"job\":\"ram-service\""));
            assertThat(get(PROMETHEUS_PORT, "/api/v1/rules")).contains("RamServiceDown");
        } finally {
            compose("down", "--volumes");
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String get(int port, String path) {
        try {
            return Http.get(URI.create("http://localhost:" + port + path)).body();
        } catch (UncheckedIOException e) {
            return ""; // It does not answer yet.
        }
    }

    private static String compose(String... arguments) {
        return Command.run(
                HERE,
                Map.of(
                        "RAM_IMAGE",
                        Images.service().asCanonicalNameString(),
                        "RAM_PORT",
                        Integer.toString(SERVICE_PORT),
                        "PROMETHEUS_IMAGE",
                        Images.PROMETHEUS,
                        "PROMETHEUS_PORT",
                        Integer.toString(PROMETHEUS_PORT)),
                with(with(compose, "--file=compose.yaml", "--project-name=ram-test"), arguments));
    }
}
