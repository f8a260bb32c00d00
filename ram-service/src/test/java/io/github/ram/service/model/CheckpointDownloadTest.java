package io.github.ram.service.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.ram.service.model.CheckpointDownload.Limits;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CheckpointDownloadTest {

    private static final byte[] CONTENT = "a model".getBytes(StandardCharsets.US_ASCII);
    private static final String SHA256 = "97ff8a35544dcf40ad84047074439dd6aa3a0be469ea578a1b1c017d939ec61c";

    private static final Limits LIMITS = new Limits(CONTENT.length, Duration.ofMinutes(10));

    @TempDir
    Path directory;

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/model.ram", exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT);
            exchange.close();
        });
        server.createContext("/moved.ram", exchange -> {
            exchange.getResponseHeaders().set("Location", "/model.ram");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/broken.ram", exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length + 1);
            exchange.getResponseBody().write(CONTENT);
            exchange.close();
        });
        server.createContext("/endless.ram", exchange -> {
            exchange.sendResponseHeaders(200, 0); // chunked
            try (OutputStream body = exchange.getResponseBody()) {
                while (true) {
                    body.write(CONTENT);
                    body.flush();
                }
            }
        });
        server.createContext("/stalled.ram", exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT, 0, 1);
            exchange.getResponseBody().flush(); // The rest never comes, and the connection stays open.
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void fileIsWrittenWhole() throws Exception {
        CheckpointDownload.fetch(address("/model.ram"), SHA256, file(), LIMITS);

        assertThat(Files.readAllBytes(file())).isEqualTo(CONTENT);
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void redirectIsFollowed() throws Exception {
        CheckpointDownload.fetch(address("/moved.ram"), SHA256, file(), LIMITS);

        assertThat(Files.readAllBytes(file())).isEqualTo(CONTENT);
    }

    @Test
    void otherContentIsNotKept() {
        assertFails(
                "/model.ram",
                SHA256.replace('a', 'b'),
                "has the SHA-256 " + SHA256 + ", not " + SHA256.replace('a', 'b') + ": it is not served");
    }

    @Test
    void missingFileIsNamed() {
        assertFails("/none.ram", SHA256, "/none.ram cannot be fetched: HTTP status 404");
    }

    @Test
    void transferThatBreaksOffLeavesNothing() {
        assertFails("/broken.ram", SHA256, "");
    }

    @Test
    void unreachableServerIsNamed() {
        server.stop(0);

        assertFails("/model.ram", SHA256, "/model.ram cannot be fetched: java.net.ConnectException");
    }

    @Test
    void bodyPastTheLimitIsNotKept() {
        assertFails("/endless.ram", SHA256, "/endless.ram cannot be fetched: it is larger than the 7 bytes allowed");
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void bodyThatStallsIsNotAwaited() {
        assertThatThrownBy(() -> CheckpointDownload.fetch(
                        address("/stalled.ram"), SHA256, file(), new Limits(CONTENT.length, Duration.ofSeconds(1))))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("/stalled.ram cannot be fetched: its body did not arrive within 1 s");
        assertThat(directory).isEmptyDirectory();
    }

    private void assertFails(String path, String sha256, String message) {
        assertThatThrownBy(() -> CheckpointDownload.fetch(address(path), sha256, file(), LIMITS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message);
        assertThat(directory).isEmptyDirectory();
    }

    private URI address(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    private Path file() {
        return directory.resolve("model.ram");
    }
}
