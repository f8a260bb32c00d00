package io.github.ram.service.oip;

import static io.github.ram.service.fixture.OipBodies.JSON;
import static io.github.ram.service.fixture.OipBodies.bytes;
import static io.github.ram.service.fixture.OipBodies.uint8;
import static io.github.ram.service.fixture.OipBodies.want;
import static io.github.ram.service.fixture.OipBodies.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ram.service.fixture.Failing;
import io.github.ram.service.fixture.OipBodies;
import io.github.ram.service.fixture.TestModel;
import io.github.ram.service.fixture.TestService;
import io.github.ram.service.model.ModelLifecycle;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the Open Inference Protocol's clients get when something is wrong: always {@code {"error": …}}. */
class OipRejectionTest {

    private static final byte[] PIXELS = TestModel.pixels(20);
    private static final String INFER = "/v2/models/ram/infer";

    private static TestService service;

    @BeforeAll
    static void start(@TempDir Path directory) {
        service = TestService.start(directory, "--ram.limits.body=1MB");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** Each line changes one value of a sound request. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/id | 7 | id must be a string",
                "/id | {} | id must be a string",
                "/parameters | [] | parameters must be an object",
                "/parameters/binary_data_output | \"yes\" | parameters.binary_data_output must be true or false",
                "/parameters/rollouts | 0 | parameters.rollouts must be an integer from 1 to 32",
                "/inputs | REMOVED | the request has no input",
                "/inputs | null | the request has no input",
                "/inputs | [] | the request has no input",
                "/inputs | {} | inputs must be a list",
                "/inputs/0 | null | inputs[0] must be an object",
                "/inputs/0 | [] | inputs[0] must be an object",
                "/inputs/0 | {} | inputs[0] has no name",
                "/inputs/1 | {\"name\": \"image\"} | inputs[1] is one too many",
                "/inputs/0/name | REMOVED | inputs[0] has no name",
                "/inputs/0/name | null | inputs[0] has no name",
                "/inputs/0/name | \"Image\" | inputs[0].name must be image",
                "/inputs/0/name | 7 | inputs[0].name must be a string",
                "/inputs/0/shape | REMOVED | inputs[0] has no shape",
                "/inputs/0/shape | null | inputs[0] has no shape",
                "/inputs/0/shape | 784 | inputs[0].shape must be a list",
                "/inputs/0/shape | [] | inputs[0].shape must be [-1, 28, 28]",
                "/inputs/0/shape | [28, 28] | inputs[0].shape must be [-1, 28, 28]",
                "/inputs/0/shape | [1, 784] | inputs[0].shape must be [-1, 28, 28]",
                "/inputs/0/shape | [1, 28, 28, 1] | inputs[0].shape must be [-1, 28, 28]",
                "/inputs/0/shape | [1, 28, 27] | inputs[0].shape must be [-1, 28, 28]",
                "/inputs/0/shape | [0, 28, 28] | inputs[0].shape has no image",
                "/inputs/0/shape | [-1, 28, 28] | inputs[0].shape[0] must be an integer",
                "/inputs/0/shape | [1.0, 28, 28] | inputs[0].shape[0] must be an integer",
                "/inputs/0/shape | [\"1\", 28, 28] | inputs[0].shape[0] must be an integer",
                "/inputs/0/shape | [2, 28, 28] | inputs[0].data must have the 1568 values",
                "/inputs/0/shape | [4294967297, 28, 28] | inputs[0].shape[0] must be an integer",
                "/inputs/0/datatype | REMOVED | inputs[0] has no datatype",
                "/inputs/0/datatype | null | inputs[0] has no datatype",
                "/inputs/0/datatype | 8 | inputs[0].datatype must be a string",
                "/inputs/0/datatype | \"\" | inputs[0].datatype must be one of UINT8, INT32, INT64, FP16, FP32, FP64",
                "/inputs/0/datatype | \"uint8\" | inputs[0].datatype must be one of UINT8, INT32, INT64, FP16, FP32, FP64",
                "/inputs/0/datatype | \"BOOL\" | inputs[0].datatype must be one of UINT8, INT32, INT64, FP16, FP32, FP64",
                "/inputs/0/datatype | \"INT8\" | inputs[0].datatype must be one of UINT8, INT32, INT64, FP16, FP32, FP64",
                "/inputs/0/datatype | \"UINT16\" | inputs[0].datatype must be one of UINT8, INT32, INT64, FP16, FP32, FP64",
                "/inputs/0/datatype | \"BYTES\" | inputs[0].datatype must be one of UINT8, INT32, INT64, FP16, FP32, FP64",
                "/inputs/0/datatype | \"FP32\" | must be a number from 0 to 1",
                "/inputs/0/parameters | 7 | inputs[0].parameters must be an object",
                "/inputs/0/parameters/binary_data_size | 784 | inputs[0] has data and binary_data_size",
                "/inputs/0/parameters/binary_data_size | \"784\" | inputs[0].parameters.binary_data_size must be an integer",
                "/inputs/0/parameters/binary_data_size | -1 | inputs[0] has data and binary_data_size",
                "/inputs/0/data | REMOVED | inputs[0] has no data",
                "/inputs/0/data | null | inputs[0] has no data",
                "/inputs/0/data | [] | inputs[0].data must have the 784 values of shape [1, 28, 28]",
                "/inputs/0/data | {} | inputs[0].data must be a list of numbers",
                "/inputs/0/data | \"AAAA\" | inputs[0].data must be a list of numbers",
                "/inputs/0/data | [[[0]]] | inputs[0].data must have the 784 values of shape [1, 28, 28]",
                "/inputs/0/data | [[0, 1], [2]] | inputs[0].data is ragged",
                "/inputs/0/data/0 | 256 | value 0 of inputs[0].data must be an integer from 0 to 255",
                "/inputs/0/data/1 | -1 | value 1 of inputs[0].data must be an integer from 0 to 255",
                "/inputs/0/data/2 | 0.5 | value 2 of inputs[0].data must be an integer from 0 to 255",
                "/inputs/0/data/3 | \"7\" | inputs[0].data must hold numbers only",
                "/inputs/0/data/4 | true | inputs[0].data must hold numbers only",
                "/inputs/0/data/5 | null | inputs[0].data must hold numbers only",
                "/inputs/0/data/6 | {} | inputs[0].data must hold numbers only",
                "/inputs/0/data/7 | [7] | inputs[0].data is ragged",
                "/inputs/0/data/784 | 0 | inputs[0].data must have the 784 values",
                "/outputs | {} | outputs must be a list",
                "/outputs/0 | \"class\" | outputs[0] must be an object",
                "/outputs/0/name | REMOVED | outputs[0] has no name",
                "/outputs/0/name | 7 | outputs[0].name must be a string",
                "/outputs/0/name | \"classes\" | outputs[0].name must be one of [probabilities, class, glimpses]",
                "/outputs/1 | {\"name\": \"probabilities\"} | outputs[1] names probabilities again",
                "/outputs/1 | {\"name\": \"class\", \"parameters\": {\"classification\": 1}} | is not available for class",
                "/outputs/0/parameters | true | outputs[0].parameters must be an object",
                "/outputs/0/parameters/binary_data | 1 | outputs[0].parameters.binary_data must be true or false",
                "/outputs/0/parameters/classification | 0 | classification must be an integer from 1 to 10",
                "/outputs/0/parameters/classification | 11 | classification must be an integer from 1 to 10",
                "/outputs/0/parameters/classification | \"3\" | classification must be an integer"
            })
    void malformedRequestIsRefusedInOneLine(String pointer, String value, String part) {
        ObjectNode request = uint8(PIXELS).put("id", "1");
        request.putObject("parameters");
        OipBodies.input(request).putObject("parameters");
        want(request, "probabilities").putObject("parameters");

        with(request, pointer, value.equals("REMOVED") ? null : JSON.readTree(value));

        assertError(post(INFER, bytes(request)), 400, part);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | not valid JSON",
                "} | not valid JSON",
                "{} {} | continues after its JSON object",
                "[] | must be an object",
                "null | must be an object",
                "\"inputs\" | must be an object",
                "{\"inputs\": [NaN]} | not valid JSON",
                "{\"inputs\": [],} | not valid JSON",
                "{'inputs': []} | not valid JSON",
                "{\"inputs\": []} // | not valid JSON",
                "`  ` | JSON is empty"
            })
    void whatIsNoJsonObjectIsRefused(String body, String part) {
        assertError(post(INFER, TestService.ascii(body)), 400, part);
    }

    @Test
    void emptyBodyIsRefused() {
        assertError(post(INFER, new byte[0]), 400, "the body is empty");
    }

    @Test
    void moreImagesThanAllowedAreTooLarge() {
        byte[][] images = IntStream.range(0, 65).mapToObj(TestModel::pixels).toArray(byte[][]::new);

        assertError(
                post(INFER, bytes(uint8(images))),
                413,
                "the request has 65 images, more than the 64 allowed: send fewer at a time");
    }

    @Test
    void bodyBeyondTheLimitIsTooLarge() {
        assertError(post(INFER, new byte[(1 << 20) + 1]), 413, "the body is larger than the 1048576 bytes allowed");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v2/nothing",
        "GET, /v2/models",
        "GET, /v2/models/",
        "GET, /v2/models/ram/",
        "GET, /v2/models/ram/nothing",
        "GET, /v2/health",
        "GET, /v2/models/ram/versions",
        "POST, /v2/models/ram/infer/"
    })
    void pathThatLeadsNowhereIsRefused(String method, String path) {
        HttpRequest.Builder request =
                service.request(path).method(method, BodyPublishers.ofByteArray(bytes(uint8(PIXELS))));

        assertError(service.send(request), 404, "");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v2/models/mnist",
        "GET, /v2/models/RAM",
        "GET, /v2/models/mnist/ready",
        "POST, /v2/models/mnist/infer",
        "GET, /v2/models/mnist/versions/VERSION",
        "POST, /v2/models/mnist/versions/VERSION/infer"
    })
    void unknownModelIsNotFound(String method, String path) {
        assertError(send(method, path), 404, "there is no model \"");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v2/models/ram/versions/1",
        "GET, /v2/models/ram/versions/1/ready",
        "POST, /v2/models/ram/versions/1/infer"
    })
    void unknownVersionIsNotFound(String method, String path) {
        assertError(
                send(method, path),
                404,
                "there is no version \"1\" of model ram: leave it out, or ask for "
                        + TestModel.checkpoint().manifest().version());
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v2, GET",
        "POST, /v2/health/live, GET",
        "DELETE, /v2/health/ready, GET",
        "POST, /v2/models/ram, GET",
        "PUT, /v2/models/ram/ready, GET",
        "GET, /v2/models/ram/infer, POST",
        "PUT, /v2/models/ram/versions/VERSION/infer, POST"
    })
    void wrongMethodIsRefused(String method, String path, String right) {
        HttpResponse<String> response = send(method, path);

        assertError(response, 405, method + " is not allowed here: use " + right);
        assertThat(response.headers().firstValue("Allow").orElseThrow()).contains(right);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "image/png",
                "application/x-www-form-urlencoded",
                "application/*",
                "rubbish",
                "multipart/form-data",
                "multipart/form-data; boundary=b"
            })
    void otherTypesAreNotRead(String type) {
        assertError(
                service.send(service.request(INFER)
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofByteArray(
                                type.startsWith("multipart")
                                        ? TestService.ascii(
                                                "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--b--\r\n")
                                        : bytes(uint8(PIXELS))))),
                415,
                " is not supported: send application/json, or application/octet-stream with raw tensors");
    }

    @Test
    void bodyOfAnUnknownCodingIsRefused() {
        assertError(
                service.send(service.request(INFER)
                        .header("Content-Encoding", "br")
                        .POST(BodyPublishers.ofByteArray(PIXELS))),
                415,
                "Content-Encoding \"br\" is not supported: send gzip, deflate, or no coding");
    }

    @Test
    void fullQueueIsTooManyRequests(@TempDir Path directory) throws Exception {
        ObjectNode request = uint8(PIXELS, PIXELS);
        request.putObject("parameters").put("rollouts", 32);
        ExecutorService clients = Executors.newFixedThreadPool(16);
        try (TestService small =
                TestService.start(directory, "--ram.queue.capacity=2", "--ram.limits.batch=2", "--ram.threads=1")) {
            Callable<HttpResponse<String>> client = () -> refusedOf(small, bytes(request));
            HttpResponse<String> response = clients.invokeAny(Collections.nCopies(16, client));

            assertError(response, 429, "");
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
        } finally {
            clients.shutdownNow();
        }
    }

    /** Sends a request until it is refused. */
    private static HttpResponse<String> refusedOf(TestService service, byte[] body) {
        for (int i = 0; i < 10_000; i++) {
            HttpResponse<String> response = service.send(service.request(INFER).POST(BodyPublishers.ofByteArray(body)));
            if (response.statusCode() != 200) {
                return response;
            }
        }
        throw new AssertionError("16 clients never filled a queue of two");
    }

    @Test
    void passedDeadlineIsATimeout(@TempDir Path directory) {
        byte[][] images = IntStream.range(0, 64).mapToObj(TestModel::pixels).toArray(byte[][]::new);
        ObjectNode request = uint8(images);
        request.putObject("parameters").put("rollouts", 32);
        try (TestService hasty = TestService.start(directory, "--ram.deadline=1ms", "--ram.threads=1")) {
            assertError(hasty.send(hasty.request(INFER).POST(BodyPublishers.ofByteArray(bytes(request)))), 504, "");
        }
    }

    @Test
    void requestsAreRefusedWhileItShutsDown() {
        ModelLifecycle lifecycle = service.bean(ModelLifecycle.class);
        lifecycle.stop();
        try {
            assertError(post(INFER, bytes(uint8(PIXELS))), 503, "the service is shutting down");
            assertError(service.get("/v2/models/ram"), 503, "the service is shutting down");
        } finally {
            lifecycle.start();
        }
        assertThat(post(INFER, bytes(uint8(PIXELS))).statusCode()).isEqualTo(200);
    }

    @Test
    void failureIsAnsweredWithoutItsCause() throws Exception {
        RequestMappingHandlerMapping mapping =
                service.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
        mapping.registerMapping(
                RequestMappingInfo.paths("/v2/failing")
                        .options(mapping.getBuilderConfiguration())
                        .build(),
                new Failing(),
                Failing.class.getMethod("fail"));

        HttpResponse<String> response = service.get("/v2/failing");

        assertError(response, 500, "the service failed at this request");
        assertThat(response.body()).doesNotContain("secret", "Exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v2/models/ram HTTP/1.1\r\n\r\n",
                "GET /v2 HTTP/1.1\r\nHost: here\r\nContent-Length: x\r\n\r\n",
                "GET /v2/models/%2F HTTP/1.1\r\nHost: here\r\n\r\n"
            })
    void whatTomcatRefusesHasTheSameForm(String request) {
        String answer = service.exchange(TestService.ascii(request));

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("Content-Type: application/json");
        assertThat(answer.substring(answer.indexOf("\r\n\r\n"))
                        .replaceAll("(?m)^[0-9a-f]+\r?$", "")
                        .strip())
                .startsWith("{\"error\":\"the request is not valid HTTP")
                .endsWith("\"}");
    }

    @Test
    void bodyThatBreaksOffHasTheSameForm() {
        String answer = service.exchange(TestService.ascii(
                "POST /v2/models/ram/infer HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"));

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .contains("Content-Type: application/json\r\n")
                .endsWith("{\"error\":\"the body ends before it should, or came too slowly: send it again\"}");
    }

    @Test
    void pathsAreRecognisedHoweverTheyAreWritten() {
        for (String path : new String[] {"/%76%32/nothing", "/v2;a=b/nothing", "/v1/../v2/nothing", "/./v2/nothing"}) {
            String answer = service.exchange(
                    TestService.ascii("GET " + path + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"));

            assertThat(answer).as(path).startsWith("HTTP/1.1 404 ").contains("{\"error\":\"");
        }
        assertThat(service.get("/v22/nothing").body()).contains("\"detail\":");
    }

    @Test
    void optionsAndHeadAreAnsweredWithoutABody() {
        HttpResponse<String> options = send("OPTIONS", INFER);
        HttpResponse<String> head = send("HEAD", "/v2/models/ram");
        HttpResponse<String> wrong = send("HEAD", INFER);

        assertThat(options.statusCode()).isEqualTo(200);
        assertThat(options.headers().firstValue("Allow")).contains("POST,OPTIONS");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(wrong.body()).isEmpty();
    }

    private static HttpResponse<String> post(String path, byte[] body) {
        return service.send(service.request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private static HttpResponse<String> send(String method, String path) {
        return service.send(service.request(path.replace(
                        "VERSION", TestModel.checkpoint().manifest().version()))
                .method(method, BodyPublishers.noBody()));
    }

    private static void assertError(HttpResponse<String> response, int status, String part) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        JsonNode body = JSON.readTree(response.body());
        assertThat(body.propertyNames()).containsExactly("error");
        assertThat(body.get("error").asString()).contains(part).isNotBlank().doesNotContain("Exception", "\n");
    }
}
