package io.github.ram.service.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointDownloadTest {

    private static final byte[] CONTENT = "a model".getBytes(StandardCharsets.US_ASCII);
    private static final String SHA256 = "97ff8a35544dcf40ad84047074439dd6aa3a0be469ea578a1b1c017d939ec61c";

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
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void fileIsWrittenWhole() throws Exception {
        CheckpointDownload.fetch(address("/model.ram"), SHA256, file());

        assertThat(Files.readAllBytes(file())).isEqualTo(CONTENT);
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void redirectIsFollowed() throws Exception {
        CheckpointDownload.fetch(address("/moved.ram"), SHA256, file());

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

    private void assertFails(String path, String sha256, String message) {
        assertThatThrownBy(() -> CheckpointDownload.fetch(address(path), sha256, file()))
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
