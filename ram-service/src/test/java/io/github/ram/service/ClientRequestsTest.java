package io.github.ram.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ram.service.fixture.Images;
import io.github.ram.service.fixture.TestModel;
import io.github.ram.service.fixture.TestService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests as clients in use send them: types, forms, codings, sizes, hosts and origins. */
class ClientRequestsTest {

    private static final byte[] PNG = Images.png(TestModel.pixels(20));
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String LIMIT = "the body is larger than the 1048576 bytes allowed: send a smaller image";

    private static TestService service;
    private static String expected;

    @BeforeAll
    static void start(@TempDir Path directory) {
        service = TestService.start(
                directory,
                "--ram.limits.body=1MB",
                "--ram.cors.allowed-origins=https://page.example,http://localhost:5173",
                "--ram.api-key=secret");
        expected = post("image/png", PNG).body();
        assertThat(JsonMapper.shared().readTree(expected).has("class")).isTrue();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/octet-stream",
                "binary/octet-stream",
                "application/json",
                FORM,
                "image/x-png",
                "image/webp",
                ""
            })
    void bytesOfAnImageDecideOnItsFormat(String type) {
        assertThat(post(type, PNG).body()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/octet-stream", FORM, ""})
    void jsonIsReadWithoutItsType(String type) {
        String one = "{\"image\": \"" + Base64.getEncoder().encodeToString(PNG) + "\"}";
        String many = " {\"images\": [\"" + Base64.getEncoder().encodeToString(PNG) + "\"]}";

        assertThat(post(type, ascii(one)).body()).isEqualTo(expected);
        JsonNode batch = JsonMapper.shared()
                .readTree(send("/v1/predictions/batch", type, Map.of(), ascii(many))
                        .body());
        assertThat(batch.at("/predictions/0/class"))
                .isEqualTo(JsonMapper.shared().readTree(expected).get("class"));
    }

    @Test
    void base64IsReadInEveryUsualForm() {
        for (String base64 : new String[] {
            Base64.getMimeEncoder().encodeToString(PNG),
            Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(PNG),
            Base64.getUrlEncoder().encodeToString(PNG),
            Base64.getUrlEncoder().withoutPadding().encodeToString(PNG),
            "data:image/png;base64," + Base64.getEncoder().encodeToString(PNG)
        }) {
            String json = JsonMapper.shared().writeValueAsString(Map.of("image", base64));
            assertThat(post("application/json", ascii(json)).body()).isEqualTo(expected);
            assertThat(post(TestService.FORM, TestService.form("image", ascii(base64)))
                            .body())
                    .isEqualTo(expected);
            assertThat(post(FORM, ascii("image=" + base64)).body()).isEqualTo(expected);
            String encoded = URLEncoder.encode(base64, StandardCharsets.US_ASCII);
            assertThat(post(FORM, ascii("preprocess=auto&image=" + encoded)).body())
                    .isEqualTo(expected);
        }
        assertDetail(post(FORM, ascii("image=~~")), 400, "the field image is not Base64");
        assertDetail(post(FORM, ascii("picture=AAAA")), 422, "the form has no field image");
    }

    @Test
    void optionsInAFormAreHeeded() {
        byte[] form = ascii("--b\r\nContent-Disposition: form-data; name=\"preprocess\"\r\n\r\nmnist\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"image\"\r\n\r\n"
                + Base64.getEncoder().encodeToString(PNG) + "\r\n--b--\r\n");
        String type = "multipart/form-data; boundary=b";

        JsonNode answer = JsonMapper.shared().readTree(post(type, form).body());

        assertThat(answer.at("/preprocessing/applied").asString()).isEqualTo("mnist");
        assertDetail(
                send("/v1/predictions?preprocess=none", type, Map.of(), form),
                400,
                "the request has two values of preprocess: give it once");
        assertThat(send("/v1/predictions?preprocess=mnist", type, Map.of(), form)
                        .body())
                .isEqualTo(JsonMapper.shared().writeValueAsString(answer));
        assertDetail(
                post(type, ascii(new String(form, StandardCharsets.US_ASCII).replace("\"preprocess\"", "\"process\""))),
                400,
                "there is no option process: the options are preprocess, rollouts, box, explain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "image[]", "image[0]"})
    void partsOfAListAreImages(String name) {
        byte[] form = TestService.form(name, PNG);

        JsonNode batch = JsonMapper.shared()
                .readTree(send("/v1/predictions/batch", TestService.FORM, Map.of(), form)
                        .body());

        assertThat(post(TestService.FORM, form).body()).isEqualTo(expected);
        assertThat(batch.at("/predictions/0/class"))
                .isEqualTo(JsonMapper.shared().readTree(expected).get("class"));
    }

    @Test
    void fieldThatWasLeftEmptyIsNoOption() {
        String base64 = Base64.getUrlEncoder().encodeToString(PNG);

        assertThat(post(FORM, ascii("rollouts=&explain=&image=" + base64)).body())
                .isEqualTo(expected);
    }

    @Test
    void pythonsTrueIsTrue() {
        JsonNode answer = JsonMapper.shared()
                .readTree(send("/v1/predictions?explain=True", "image/png", Map.of(), PNG)
                        .body());

        assertThat(answer.has("input")).isTrue();
    }

    @Test
    void imageThatIsSentToTheBatchPathIsRejectedWithTheRightPath() {
        assertDetail(
                send("/v1/predictions/batch", "image/png", Map.of(), PNG),
                415,
                "Content-Type image/png is not supported: send multipart/form-data or application/json, or one image to /v1/predictions");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", FORM})
    void fileWithoutItsLineEndsIsNamed(String type) {
        ByteArrayOutputStream stripped = new ByteArrayOutputStream();
        for (byte b : PNG) {
            if (b != 0 && b != '\r' && b != '\n') {
                stripped.write(b);
            }
        }

        assertDetail(
                post(type, stripped.toByteArray()),
                400,
                "the image file has lost its line ends and zero bytes, as by curl -d: send it by curl --data-binary @FILE, or -F image=@FILE");
    }

    @Test
    void webpFileWithoutItsZeroBytesIsNamedWhateverItsLength() {
        byte[] stripped = "RIFF\u0085WEBPVP8 ".getBytes(StandardCharsets.ISO_8859_1);

        assertDetail(
                post("image/webp", stripped),
                400,
                "the image file has lost its line ends and zero bytes, as by curl -d: send it by curl --data-binary @FILE, or -F image=@FILE");
    }

    @Test
    void compressedBodiesAreRead() throws Exception {
        assertThat(coded("gzip", gzip(PNG)).body()).isEqualTo(expected);
        assertThat(coded("x-gzip", gzip(PNG)).body()).isEqualTo(expected);
        assertThat(coded("deflate", deflate(PNG, false)).body()).isEqualTo(expected);
        assertThat(coded("deflate", deflate(PNG, true)).body()).isEqualTo(expected);
        assertThat(coded("identity", PNG).body()).isEqualTo(expected);
    }

    @Test
    void compressedBodyHasTheSameLimit() throws Exception {
        assertDetail(coded("gzip", gzip(new byte[(1 << 20) + 1])), 413, LIMIT);
        assertDetail(coded("gzip", gzip(new byte[1 << 20])), 400, "the file is not a PNG");
        assertDetail(coded("gzip", PNG), 400, "the body is not valid gzip: send all of it, or send it uncompressed");
        assertDetail(coded("deflate", new byte[1]), 400, "the body is not valid deflate");
        byte[] cut = gzip(PNG);
        assertDetail(coded("gzip", java.util.Arrays.copyOf(cut, cut.length / 2)), 400, "the body is not valid gzip");
        assertDetail(
                coded("br", PNG), 415, "Content-Encoding \"br\" is not supported: send gzip, deflate, or no coding");
    }

    /** More than a client's and the service's buffers hold together. */
    @ParameterizedTest
    @ValueSource(ints = {2, 8, 100})
    void clientThatSendsAllOfALargeBodyGetsTheAnswer(int megabytes) throws Exception {
        try (Socket socket = new Socket("localhost", service.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(head("Content-Length: " + ((long) megabytes << 20)));
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < megabytes; i++) {
                out.write(block);
            }

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 413 ")
                    .contains("Connection: close", LIMIT);
        }
    }

    @Test
    void announcedBodyThatIsTooLargeIsRefusedBeforeItArrives() throws Exception {
        try (Socket socket = new Socket("localhost", service.port())) {
            socket.getOutputStream().write(head("Content-Length: 9000000000"));

            byte[] status = socket.getInputStream().readNBytes(12); // The connection is still open.

            assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void hostThatIsNoNameIsNamed() {
        for (String host : new String[] {"ram_service:8080", "-?"}) {
            byte[] request = ascii("GET /livez HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            assertThat(service.exchange(request))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("the Host header is not a valid host name");
            assertThat(service.exchangeManagement(request))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("the Host header is not a valid host name");
        }
    }

    @ParameterizedTest
    @CsvSource({"/v1/predictions, POST, POST", "/v2/models/ram/infer, POST, POST", "/v1/model, GET, 'GET,HEAD'"})
    void preflightOfAnAllowedOriginIsAnswered(String path, String method, String allowed) {
        HttpResponse<String> response = preflight(path, "https://page.example", method);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).contains("https://page.example");
        assertThat(response.headers().firstValue("Access-Control-Allow-Methods"))
                .contains(allowed);
        assertThat(response.headers().firstValue("Access-Control-Allow-Headers"))
                .contains("content-type, x-api-key");
    }

    @Test
    void preflightOfAnotherOriginOrMethodIsRefused() {
        assertDetail(
                preflight("/v1/predictions", "https://other.example", "POST"),
                403,
                "pages of this origin may not use the service: allow the origin by ram.cors.allowed-origins");
        assertDetail(
                preflight("/v1/predictions", "https://page.example", "DELETE"),
                403,
                "this method is not allowed here to pages of other origins");
    }

    @Test
    void answersAndErrorsNameTheAllowedOriginOnly() {
        for (Map.Entry<String, Integer> request :
                Map.of("image/png", 200, "text/plain", 415).entrySet()) {
            HttpResponse<String> known =
                    send("/v1/predictions", request.getKey(), Map.of("Origin", "http://localhost:5173"), PNG);
            HttpResponse<String> unknown =
                    send("/v1/predictions", request.getKey(), Map.of("Origin", "https://other.example"), PNG);

            assertThat(known.statusCode()).isEqualTo(request.getValue());
            assertThat(known.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("http://localhost:5173");
            assertThat(unknown.statusCode()).isEqualTo(request.getValue());
            assertThat(unknown.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
    }

    private static HttpResponse<String> preflight(String path, String origin, String method) {
        return service.send(service.request(path)
                .header("Origin", origin)
                .header("Access-Control-Request-Method", method)
                .header("Access-Control-Request-Headers", "content-type, x-api-key")
                .method("OPTIONS", BodyPublishers.noBody()));
    }

    private static HttpResponse<String> post(String type, byte[] body) {
        return send("/v1/predictions", type, Map.of(), body);
    }

    private static HttpResponse<String> coded(String coding, byte[] body) {
        return send("/v1/predictions", "image/png", Map.of("Content-Encoding", coding), body);
    }

    /** @param type empty for none */
    private static HttpResponse<String> send(String path, String type, Map<String, String> headers, byte[] body) {
        HttpRequest.Builder request = service.request(path).header("X-API-Key", "secret");
        headers.forEach(request::header);
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return service.send(request.POST(BodyPublishers.ofByteArray(body)));
    }

    private static byte[] head(String length) {
        return ascii("POST /v1/predictions HTTP/1.1\r\nHost: here\r\nX-API-Key: secret\r\nContent-Type: image/png\r\n"
                + length + "\r\n\r\n");
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] deflate(byte[] bytes, boolean raw) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflate = new DeflaterOutputStream(out, new Deflater(6, raw))) {
            deflate.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return TestService.ascii(text);
    }

    private static void assertDetail(HttpResponse<String> response, int status, String detail) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(JsonMapper.shared().readTree(response.body()).get("detail").asString())
                .startsWith(detail);
    }
}
