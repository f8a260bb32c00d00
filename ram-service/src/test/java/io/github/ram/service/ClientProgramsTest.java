package io.github.ram.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.service.fixture.TestService;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Published clients against the service. {@code RAM_CLIENTS} names a virtual environment with the packages of
 * {@code src/test/python/requirements.txt}.
 */
class ClientProgramsTest {

    private static final Path SCRIPTS = Path.of("src/test/python");

    @TempDir
    private static Path directory;

    private static Path programs;
    private static TestService service;

    @BeforeAll
    static void start() throws IOException {
        String environment = System.getenv("RAM_CLIENTS");
        assumeTrue(environment != null, "RAM_CLIENTS names no virtual environment with clients of the protocol");
        programs = Path.of(environment).resolve("bin");
        service = TestService.start(Checkpoint.bundled(), directory, "--ram.grpc.enabled=true", "--ram.grpc.port=0");
        BufferedImage seven = ImageIO.read(Path.of("../docs/seven.png").toFile());
        int[] pixels = seven.getRaster().getSamples(0, 0, 28, 28, 0, (int[]) null);
        byte[] bytes = new byte[pixels.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) pixels[i];
        }
        Files.write(directory.resolve("seven"), bytes);
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"triton_http.py", "kserve_sdk.py"})
    void clientReadsASeven(String script) throws Exception {
        readsASeven(script, service.port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"triton_grpc.py", "kserve_grpc.py", "grpcio_reflection.py"})
    void clientOfGrpcReadsASeven(String script) throws Exception {
        readsASeven(script, service.grpcPort());
    }

    private static void readsASeven(String script, int port) throws Exception {
        run(
                "python",
                SCRIPTS.resolve(script).toAbsolutePath().toString(),
                "localhost:" + port,
                directory.resolve("seven").toString());
    }

    /** Requests that the document allows, and mutations of them, must not make the service fail. */
    @Test
    void requestsFromTheDocumentAreNoFailuresOfTheService() throws Exception {
        run(
                "schemathesis",
                "run",
                "http://localhost:" + service.port() + "/v3/api-docs",
                "--checks=not_a_server_error",
                "--phases=examples,fuzzing",
                "--max-examples=20",
                "--seed=1",
                "--no-color");
    }

    private static void run(String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(programs.resolve(program).toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
