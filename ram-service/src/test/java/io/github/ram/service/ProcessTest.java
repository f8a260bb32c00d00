package io.github.ram.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ram.model.EngineChoice;
import io.github.ram.model.graph.Backend;
import io.github.ram.service.fixture.Images;
import io.github.ram.service.fixture.TestModel;
import io.github.ram.service.fixture.TestService;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The start and the end of the service's process. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProcessTest {

    private static final Pattern PORT = Pattern.compile("Serving model=ram-test .* port=(\\d+)\\.");

    @TempDir
    Path directory;

    @Test
    void requestUnderWayIsAnsweredBeforeTheProcessEnds() throws Exception {
        Path file = directory.resolve("test.ram");
        TestModel.checkpoint().save(file);
        byte[] image = Images.png(TestModel.pixels(20));
        Process process = start(file, "--ram.shutdown-grace=0s");
        try (BufferedReader log = process.inputReader()) {
            Matcher port = await(log, PORT);
            try (Socket socket = new Socket("localhost", Integer.parseInt(port.group(1)))) {
                socket.getOutputStream()
                        .write(TestService.ascii(
                                "POST /v1/predictions HTTP/1.1\r\nHost: here\r\nExpect: 100-continue\r\n"
                                        + "Content-Type: image/png\r\nContent-Length: " + image.length + "\r\n\r\n"));
                // The service says "continue" when it begins to read the body: from then on it is under way.
                String wanted = "HTTP/1.1 100 \r\n\r\n";
                assertThat(new String(socket.getInputStream().readNBytes(wanted.length()), StandardCharsets.US_ASCII))
                        .isEqualTo(wanted);

                process.toHandle().destroy(); // SIGTERM, which leaves the log open
                await(log, Pattern.compile("new requests are rejected"));
                socket.getOutputStream().write(image);

                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 200 ")
                        .contains("\"label\":\""
                                + TestModel.predict(TestModel.pixels(20)).label() + "\"");
            }
            assertThat(process.waitFor()).isEqualTo(143);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void terminationUnderLoadLosesNoRequest() throws Exception {
        Path file = directory.resolve("test.ram");
        TestModel.checkpoint().save(file);
        Process process = start(file, "--ram.shutdown-grace=3s");
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try (BufferedReader log = process.inputReader()) {
            int port = Integer.parseInt(await(log, PORT).group(1));
            AtomicInteger answered = new AtomicInteger();
            List<Future<List<Integer>>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(clients.submit(() -> sendWhileReady(port, answered)));
            }
            while (answered.get() < 200) {
                Thread.sleep(5);
            }

            process.toHandle().destroy();

            for (Future<List<Integer>> of : answers) {
                assertThat(of.get()).isNotEmpty().containsOnly(200); // get() throws what a client ran into
            }
            await(log, Pattern.compile("new requests are rejected"));
            assertThat(process.waitFor()).isEqualTo(143);
            assertThat(answered.get()).isGreaterThan(200);
        } finally {
            clients.shutdownNow();
            process.destroyForcibly();
        }
    }

    /** Sends requests one after the other as a load balancer would: until the service says that it is not ready. */
    private static List<Integer> sendWhileReady(int port, AtomicInteger answered) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest ready = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/readyz"))
                .build();
        HttpRequest image = prediction(port, Images.png(TestModel.pixels(20)));
        List<Integer> statuses = new ArrayList<>();
        do {
            for (int i = 0; i < 20; i++) {
                statuses.add(client.send(image, BodyHandlers.discarding()).statusCode());
                answered.incrementAndGet();
            }
        } while (client.send(ready, BodyHandlers.discarding()).statusCode() == 200);
        return statuses;
    }

    /** Each of them takes 128 MiB while it is decoded, and four of them the whole heap. */
    @Test
    void largestPicturesAtOnceDoNotExhaustTheHeap() throws Exception {
        Path file = directory.resolve("test.ram");
        TestModel.checkpoint().save(file);
        byte[] picture = Images.deepPng(4096);
        Process process = start(
                List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"),
                file,
                "--ram.threads=4",
                "--ram.deadline=10m",
                "--ram.shutdown-grace=0s");
        ExecutorService clients = Executors.newFixedThreadPool(4);
        try (BufferedReader log = process.inputReader()) {
            int port = Integer.parseInt(await(log, PORT).group(1));
            List<Future<Integer>> statuses = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                statuses.add(clients.submit(() -> HttpClient.newHttpClient()
                        .send(prediction(port, picture), BodyHandlers.discarding())
                        .statusCode()));
            }
            for (Future<Integer> status : statuses) {
                assertThat(status.get()).isEqualTo(200);
            }
        } finally {
            clients.shutdownNow();
            process.destroyForcibly();
        }
    }

    @Test
    void answersHaveTheDigitsOfJsonInAnyLocale() throws Exception {
        Path file = directory.resolve("test.ram");
        TestModel.checkpoint().save(file);
        Process process = start(
                List.of("-Duser.language=ar", "-Duser.country=EG"),
                file,
                "--ram.limits.body=1000000B",
                "--ram.shutdown-grace=0s");
        try (BufferedReader log = process.inputReader()) {
            int port = Integer.parseInt(await(log, PORT).group(1));
            HttpClient client = HttpClient.newHttpClient();

            // Written by a filter, by Spring MVC and by Tomcat's error report.
            assertThat(client.send(prediction(port, new byte[1_000_001]), BodyHandlers.ofString())
                            .body())
                    .isEqualTo(
                            "{\"title\":\"Content Too Large\",\"status\":413,\"detail\":\"the body is larger than the "
                                    + "1000000 bytes allowed: send a smaller image\",\"instance\":\"/v1/predictions\"}");
            assertThat(client.send(prediction(port, Images.pngAnnouncing(60_000, 60_000)), BodyHandlers.ofString())
                            .body())
                    .contains("\"status\":413")
                    .contains("the image has 60000×60000 pixels, more than the 4096×4096 allowed: scale it down");
            try (Socket socket = new Socket("localhost", port)) {
                socket.getOutputStream().write(TestService.ascii("rubbish\r\n\r\n"));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 400 ")
                        .contains("{\"title\":\"Bad Request\",\"status\":400,");
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static HttpRequest prediction(int port, byte[] picture) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/predictions"))
                .header("Content-Type", "image/png")
                .POST(BodyPublishers.ofByteArray(picture))
                .build();
    }

    @Test
    void truncatedCheckpointEndsTheStartInOneLine() throws Exception {
        Path file = directory.resolve("test.ram");
        TestModel.checkpoint().save(file);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 5000));

        Process process = start(file);
        try (BufferedReader log = process.inputReader()) {
            List<String> lines = log.lines().toList();

            assertThat(lines).hasSize(1);
            assertThat(lines.get(0))
                    .contains("ERROR")
                    .endsWith("Cannot start: " + file + " is truncated: it ends after 5000 bytes, before its directory;"
                            + " fetch it again. Set ram.checkpoint (RAM_CHECKPOINT) to a checkpoint file"
                            + " or to the name of a bundled model.");
            assertThat(process.waitFor()).isEqualTo(1);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void missingGpuEndsTheStartInOneLineIfOneIsRequired() throws Exception {
        assumeTrue(Stream.of(EngineChoice.values()).noneMatch(Backend::usesGpu), "this machine has a GPU");
        Path file = directory.resolve("test.ram");
        TestModel.checkpoint().save(file);

        Process process = start(file, "--ram.require-gpu=true");
        try (BufferedReader log = process.inputReader()) {
            List<String> lines = log.lines().toList();

            assertThat(lines)
                    .filteredOn(line -> line.contains("ERROR") || line.contains("Computing on the CPU"))
                    .singleElement()
                    .asString()
                    .contains("Cannot start: a GPU is required, but ")
                    .endsWith(". Run it where there is one, or leave ram.require-gpu (RAM_REQUIRE_GPU) unset to compute"
                            + " on the CPU.");
            assertThat(process.waitFor()).isEqualTo(1);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void temporaryFolderThatCannotBeWrittenEndsTheStartInOneLine() throws Exception {
        Path file = directory.resolve("test.ram");
        TestModel.checkpoint().save(file);

        Process process = start(List.of("-Djava.io.tmpdir=" + file), file);

        assertThat(error(process))
                .endsWith("Cannot start: Unable to create tempDir. java.io.tmpdir is set to " + file
                        + ". Let -Djava.io.tmpdir name a folder that can be written.");
    }

    @Test
    void portThatCannotBeOpenedEndsTheStartInOneLine() throws Exception {
        Path file = directory.resolve("test.ram");
        TestModel.checkpoint().save(file);

        Process process = start(file, "--server.address=192.0.2.1"); // an address that no machine has

        assertThat(error(process))
                .contains("Cannot start: a port cannot be opened: ")
                .endsWith(". Set server.port (SERVER_PORT) and management.server.port (MANAGEMENT_SERVER_PORT) to free"
                        + " ports above 1023.");
    }

    /** The one line of a start that fails with an error. */
    private static String error(Process process) throws Exception {
        try (BufferedReader log = process.inputReader()) {
            List<String> lines = log.lines().toList();
            assertThat(lines).noneMatch(line -> line.startsWith("\tat "));
            assertThat(process.waitFor()).isEqualTo(1);
            List<String> errors =
                    lines.stream().filter(line -> line.contains("ERROR")).toList();
            assertThat(errors).hasSize(1);
            return errors.get(0);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(Path checkpoint, String... settings) throws IOException {
        return start(List.of(), checkpoint, settings);
    }

    private static Process start(List<String> options, Path checkpoint, String... settings) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RamServiceApplication.class.getName(),
                "--server.port=0",
                "--management.server.port=0"));
        command.addAll(List.of(settings));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("RAM_CHECKPOINT", checkpoint.toString());
        return builder.start();
    }

    /** Reads the log up to a line that matches. */
    private static Matcher await(BufferedReader log, Pattern pattern) throws IOException {
        StringBuilder seen = new StringBuilder();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                return matcher;
            }
            seen.append(line).append('\n');
        }
        throw new AssertionError("no line matches " + pattern + " in\n" + seen);
    }
}
