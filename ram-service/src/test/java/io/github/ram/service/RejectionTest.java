package io.github.ram.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.ram.service.fixture.Images;
import io.github.ram.service.fixture.TestModel;
import io.github.ram.service.fixture.TestService;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RejectionTest {

    private static final byte[] PNG = Images.png(TestModel.pixels(20));
    private static final byte[] TOO_LARGE = new byte[(1 << 20) + 1];
    private static final String READABLE_TYPES =
            "send image/png, image/jpeg, image/bmp, image/gif, image/webp, multipart/form-data or application/json";
    private static final String LIMIT = "the body is larger than the 1048576 bytes allowed: send a smaller image";

    private static final String INCOMPLETE = "the body ends before it should, or came too slowly: send it again";

    private static final String NOT_HTTP =
            "the request is not valid HTTP: its first line, a header or a chunk is wrong or too long, or its body ends early";

    private static TestService service;

    @BeforeAll
    static void start(@TempDir Path directory) {
        service = TestService.start(directory, "--ram.limits.body=1MB");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    static Stream<Arguments> badBodies() {
        byte[] heif = TestService.ascii("1234ftypheic");
        return Stream.of(
                arguments("image/png", new byte[0], 400, "the body is empty: send an image"),
                arguments(
                        "image/png",
                        TestService.ascii("no image at all"),
                        400,
                        "the file is not a PNG, JPEG, BMP, GIF or WebP image: convert it to PNG"),
                arguments(
                        "image/png",
                        Arrays.copyOf(PNG, PNG.length / 2),
                        400,
                        "the PNG image is damaged or incomplete: send it again, whole"),
                arguments(
                        "image/png",
                        Images.pngAnnouncing(60_000, 60_000),
                        413,
                        "the image has 60000×60000 pixels, more than the 4096×4096 allowed: scale it down"),
                arguments("image/png", TOO_LARGE, 413, LIMIT),
                arguments("application/json", TOO_LARGE, 413, LIMIT),
                arguments(
                        "image/png",
                        heif,
                        415,
                        "the file is a HEIF or AVIF file, which is not supported: convert it to PNG"),
                arguments(
                        "image/heic",
                        heif,
                        415,
                        "the file is a HEIF or AVIF file, which is not supported: convert it to PNG"),
                arguments("text/plain", PNG, 415, "Content-Type text/plain is not supported: " + READABLE_TYPES),
                arguments("rubbish", PNG, 415, "the request has no valid Content-Type: " + READABLE_TYPES),
                arguments(
                        "multipart/form-data",
                        PNG,
                        400,
                        "the form cannot be read: send multipart/form-data with the image as its part named image"),
                arguments(
                        "multipart/form-data; boundary=b",
                        TestService.ascii("--b\r\nContent-Disposition: form-data; name=\"image\"\r\n\r\ncut sh"),
                        400,
                        "the form cannot be read: send multipart/form-data with the image as its part named image"),
                arguments(
                        "application/json",
                        TestService.ascii("{\"pixels\": [[0, 1"),
                        400,
                        "the body is not valid JSON at line 1, column 18: send {\"pixels\": [[…], …]} or {\"image\": \"a file in Base64\"}"),
                arguments(
                        "application/json",
                        TestService.ascii("{\"pixels\": [[0, 1], [2, 3]]}"),
                        422,
                        "pixels must be 28×28 (rows × columns), got 2×2: scale it, or send an image file, which is scaled here"));
    }

    @ParameterizedTest
    @MethodSource("badBodies")
    void badBodyIsRefusedInOneLine(String type, byte[] body, int status, String detail) {
        assertProblem(service.post(type, body), status, detail);
    }

    @Test
    void formMustHaveOneImage() {
        assertProblem(
                service.postForm("picture", PNG), 422, "the form has no part named image: send the image as that part");
        assertProblem(
                service.postForm("image", PNG, PNG),
                422,
                "the form has 2 parts named image: send one image, or all of them to /v1/predictions/batch");
        assertProblem(
                service.postForm("image", new byte[0]), 400, "the image file is empty: send the bytes of an image");
        assertProblem(service.postForm("image", TOO_LARGE), 413, LIMIT);
        assertProblem(
                service.postForm("image", Collections.nCopies(65, PNG).toArray(byte[][]::new)),
                413,
                "the form has more than 64 parts: send the others in another");
    }

    @Test
    void chunkedBodyIsCounted() {
        HttpRequest.Builder request = service.request("/v1/predictions")
                .header("Content-Type", "image/png")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(TOO_LARGE)));

        assertProblem(service.send(request), 413, LIMIT);
    }

    @Test
    void announcedSizeIsRefusedBeforeTheBodyIsSent() {
        String answer = service.exchange(TestService.ascii("POST /v1/predictions HTTP/1.1\r\nHost: here\r\n"
                + "Content-Type: image/png\r\nContent-Length: 9000000000\r\nExpect: 100-continue\r\n\r\n"));

        assertThat(answer).startsWith("HTTP/1.1 413 ").contains(LIMIT);
    }

    @Test
    void endlessBodyIsRefusedAtTheLimit() {
        byte[] chunk = new byte[0x4000];
        byte[][] sent = new byte[2 + 3 * 65][];
        sent[0] = TestService.ascii("POST /v1/predictions HTTP/1.1\r\nHost: here\r\nConnection: close\r\n"
                + "Content-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 65; i++) { // 64 of them are the limit. The last chunk, which would end it, is not sent.
            sent[1 + 3 * i] = TestService.ascii("4000\r\n");
            sent[2 + 3 * i] = chunk;
            sent[3 + 3 * i] = TestService.ascii("\r\n");
        }
        sent[1 + 3 * 65] = TestService.ascii("not a chunk\r\n");

        assertThat(service.exchange(sent)).startsWith("HTTP/1.1 413 ").contains(LIMIT);
    }

    @Test
    void brokenChunkIsRefused() {
        String answer = service.exchange(TestService.ascii("POST /v1/predictions HTTP/1.1\r\nHost: here\r\n"
                + "Content-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"));

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .contains(INCOMPLETE)
                .containsPattern("\r\nX-Request-Id: [0-9a-f-]{36}\r\n")
                .contains("\r\nX-Content-Type-Options: nosniff\r\n")
                .contains("\r\nConnection: close\r\n");
    }

    /** Or clients that break off would look like a service that fails. */
    @Test
    void brokenBodyIsCountedAsItsClientsFault() throws Exception {
        double refused = service.metric("ram_rejected_total{reason=\"malformed\"}");
        double answered = requests("outcome=\"CLIENT_ERROR\",status=\"400\"");

        brokenChunkIsRefused();
        bodyThatEndsEarlyIsRefused();

        assertThat(service.metric("ram_rejected_total{reason=\"malformed\"}")).isEqualTo(refused + 2);
        while (requests("outcome=\"CLIENT_ERROR\",status=\"400\"") < answered + 2) {
            Thread.sleep(5); // counted when it is over, which may be after the client has its answer
        }
        assertThat(requests("outcome=\"SERVER_ERROR\"")).isZero();
    }

    /** How many requests have been counted with these labels, which Prometheus sorts. */
    private static double requests(String labels) {
        return requests(service, labels);
    }

    private static double requests(TestService service, String labels) {
        return service.getManagement("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith("http_server_requests_seconds_count{") && line.contains(labels))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void formOfAnotherMethodIsNotReadByAnybodyElse() {
        byte[] form = TestService.ascii("a=%zz");
        HttpRequest.Builder request = service.request("/v1/predictions")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .PUT(BodyPublishers.ofByteArray(form));

        assertProblem(service.send(request), 405, "PUT is not allowed here: use POST");
    }

    @Test
    void bodyThatEndsEarlyIsRefused() throws Exception {
        try (Socket socket = new Socket("localhost", service.port())) {
            socket.getOutputStream()
                    .write(TestService.ascii("POST /v1/predictions HTTP/1.1\r\nHost: here\r\n"
                            + "Content-Type: image/png\r\nContent-Length: 100\r\n\r\nabc"));
            socket.shutdownOutput();

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400 ")
                    .contains(INCOMPLETE);
        }
    }

    @Test
    void bodyThatDoesNotComeInTimeIsRefusedAndCountedOnce(@TempDir Path directory) throws Exception {
        try (TestService hasty = TestService.start(directory, "--ram.limits.body-time=200ms");
                Socket socket = new Socket("localhost", hasty.port())) {
            socket.getOutputStream()
                    .write(TestService.ascii("POST /v1/predictions HTTP/1.1\r\nHost: here\r\n"
                            + "Content-Type: image/png\r\nContent-Length: 100\r\n\r\nabc"));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("Connection: close")
                    .contains(INCOMPLETE);
            while (requests(hasty, "method=\"POST\"") < 1) {
                Thread.sleep(5);
            }
            assertThat(requests(hasty, "method=\"POST\"")).isEqualTo(1);
            assertThat(requests(hasty, "status=\"400\"")).isEqualTo(1);
        }
    }

    @Test
    void wrongPathOrMethodIsRefused() {
        String nothing = "there is nothing at this path: POST an image to /v1/predictions, or GET /v1/model";
        assertProblem(service.get("/v1/nothing"), 404, nothing);
        assertProblem(service.get("/WEB-INF/web.xml"), 404, nothing);
        assertProblem(service.get("/actuator/prometheus"), 404, nothing);
        assertProblem(service.get("/v1/predictions"), 405, "GET is not allowed here: use POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "image/png;q=0",
                "*/*;q=0",
                "application/json;q=0, image/png;q=0, */*",
                "application/json;q=0, application/*",
                "image/*;q=0, application/*;q=0, */*;q=0.5"
            })
    void answerThatIsNotAcceptedIsRefused(String accept) {
        assertProblem(
                service.send(service.request("/v1/predictions")
                        .header("Content-Type", "image/png")
                        .header("Accept", accept)
                        .POST(BodyPublishers.ofByteArray(PNG))),
                406,
                "the answer is application/json, or image/png for one prediction, which the request's Accept header rules out: accept one");
    }

    @ParameterizedTest
    @ValueSource(strings = {",;", "rubbish", "image/png", "application/problem+xml", "*/json"})
    void refusalIsToldWhateverIsAccepted(String accept) {
        assertProblem(
                service.send(service.request("/v1/nothing").header("Accept", accept)),
                404,
                "there is nothing at this path: POST an image to /v1/predictions, or GET /v1/model");
    }

    @Test
    void optionsAndHeadAreAnsweredWithoutABody() {
        HttpResponse<String> options =
                service.send(service.request("/v1/predictions").method("OPTIONS", BodyPublishers.noBody()));
        HttpResponse<String> head =
                service.send(service.request("/v1/predictions").method("HEAD", BodyPublishers.noBody()));

        assertThat(options.statusCode()).isEqualTo(200);
        assertThat(options.headers().firstValue("Allow")).contains("POST,OPTIONS");
        assertThat(head.statusCode()).isEqualTo(405);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void whatIsNotHttpIsRefusedWithAProblemToo() {
        assertThat(service.exchange(TestService.ascii("rubbish\r\n\r\n")))
                .startsWith("HTTP/1.1 400 ")
                .contains(NOT_HTTP);
        assertThat(service.exchange(TestService.ascii(
                        "GET /v1/model HTTP/1.1\r\nHost: here\r\n" + "X-Many: of them\r\n".repeat(2000) + "\r\n")))
                .startsWith("HTTP/1.1 400 ")
                .contains("application/problem+json")
                .containsPattern("\r\nX-Request-Id: [0-9a-f-]{36}\r\n")
                .contains(NOT_HTTP);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST / HTTP/1.1 | X: y | 405 | this method is not allowed here: use GET",
                "GET /icon.svg HTTP/1.1 | Range: bytes=9000000- | 416 | the range lies outside of the content: ask for all of it",
                "GET / HTTP/1.1 | Expect: miracles | 417 | the only expectation that is met here is 100-continue: leave out any other",
                "POST / HTTP/1.1 | Transfer-Encoding: zip | 501 | this method or this Transfer-Encoding is not known here: use GET or POST, and chunked",
                "GET / HTTP/7.0 | X: y | 505 | this version of HTTP is not supported: use HTTP/1.1"
            })
    void whatTheWebServerRefusesIsToldWithItsReason(String line, String header, int status, String detail) {
        String answer = service.exchange(
                TestService.ascii(line + "\r\nHost: here\r\nConnection: close\r\n" + header + "\r\n\r\n"));

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("application/problem+json")
                .contains("\"detail\":\"" + detail + "\"")
                .contains("\"instance\":\"/");
    }

    @Test
    void refusalsLeaveTheServiceAsItWas() {
        String before = service.post("image/png", PNG).body();

        badBodies().limit(8).forEach(bad -> {
            for (int i = 0; i < 25; i++) {
                HttpResponse<String> response = service.post((String) bad.get()[0], (byte[]) bad.get()[1]);
                assertThat(response.statusCode()).isEqualTo(bad.get()[2]);
            }
        });

        HttpResponse<String> after = service.post("image/png", PNG);
        assertThat(after.statusCode()).isEqualTo(200);
        assertThat(after.body()).isEqualTo(before);
    }

    private static void assertProblem(HttpResponse<String> response, int status, String detail) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        JsonNode problem = JsonMapper.shared().readTree(response.body());
        assertThat(problem.get("detail").asString()).isEqualTo(detail);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").asString()).isNotBlank();
        assertThat(problem.get("instance").asString()).startsWith("/");
    }
}
