package io.github.ram.service.oip;

import static io.github.ram.service.fixture.OipBodies.JSON;
import static io.github.ram.service.fixture.OipBodies.bytes;
import static io.github.ram.service.fixture.OipBodies.concat;
import static io.github.ram.service.fixture.OipBodies.fp32;
import static io.github.ram.service.fixture.OipBodies.fractions;
import static io.github.ram.service.fixture.OipBodies.littleEndian;
import static io.github.ram.service.fixture.OipBodies.raw;
import static io.github.ram.service.fixture.OipBodies.uint8;
import static io.github.ram.service.fixture.OipBodies.want;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ram.model.Prediction;
import io.github.ram.service.fixture.TestModel;
import io.github.ram.service.fixture.TestService;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The binary extension of the Open Inference Protocol: tensors as raw bytes, in requests and answers. */
class OipBinaryTest {

    private static final String HEADER = "Inference-Header-Content-Length";
    private static final byte[] FIRST = TestModel.pixels(20);
    private static final byte[] SECOND = TestModel.pixels(31);

    private static TestService service;

    @BeforeAll
    static void start(@TempDir Path directory) {
        service = TestService.start(directory);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void rawImagesAreAnsweredAsTheSameInJson() {
        String expected = json(post(null, bytes(uint8(FIRST, SECOND))));
        ObjectNode request = raw("UINT8", 2, 1568);

        assertThat(json(post(length(request), bytes(request, FIRST, SECOND)))).isEqualTo(expected);
    }

    @Test
    void rawFractionsAreAnsweredAsTheSameInJson() {
        String expected = json(post(null, bytes(fp32(fractions(FIRST), fractions(SECOND)))));
        ObjectNode request = raw("FP32", 2, 6272);

        assertThat(json(post(
                        length(request),
                        bytes(request, littleEndian(fractions(FIRST)), littleEndian(fractions(SECOND))))))
                .isEqualTo(expected);
    }

    @Test
    void lengthOfAllOfTheBodyIsNoTail() {
        ObjectNode request = uint8(FIRST);

        assertThat(json(post(length(request), bytes(request)))).isEqualTo(json(post(null, bytes(request))));
    }

    @Test
    void bodyOfUnknownLengthMayHaveATensorToo() {
        ObjectNode request = raw("UINT8", 1, 784);
        byte[] body = bytes(request, FIRST);

        HttpResponse<byte[]> response =
                send(length(request), BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));

        assertThat(json(response)).isEqualTo(json(post(null, bytes(uint8(FIRST)))));
    }

    @Test
    void everyOutputComesRawIfTheRequestSaysSo() {
        ObjectNode request = uint8(FIRST, SECOND).put("id", "7");
        request.putObject("parameters").put("binary_data_output", true);

        Binary answer = binary(post(null, bytes(request)));

        assertThat(answer.json)
                .hasToString(("{\"model_name\":\"ram\",\"model_version\":\"%s\",\"id\":\"7\",\"outputs\":["
                                + "{\"name\":\"probabilities\",\"datatype\":\"FP32\",\"shape\":[2,10],\"parameters\":{\"binary_data_size\":80}},"
                                + "{\"name\":\"class\",\"datatype\":\"INT64\",\"shape\":[2],\"parameters\":{\"binary_data_size\":16}},"
                                + "{\"name\":\"glimpses\",\"datatype\":\"FP32\",\"shape\":[2,6,2],\"parameters\":{\"binary_data_size\":96}}]}")
                        .formatted(TestModel.checkpoint().manifest().version()));
        assertThat(answer.tail).isEqualTo(tensors(TestModel.predict(FIRST), TestModel.predict(SECOND)));
    }

    @Test
    void outputOverridesTheRequest() {
        ObjectNode request = uint8(FIRST);
        request.putObject("parameters").put("binary_data_output", true);
        want(request, "class");
        want(request, "probabilities").putObject("parameters").put("binary_data", false);

        Binary answer = binary(post(null, bytes(request)));

        assertThat(answer.json.at("/outputs/0"))
                .hasToString(
                        "{\"name\":\"class\",\"datatype\":\"INT64\",\"shape\":[1],\"parameters\":{\"binary_data_size\":8}}");
        assertThat(answer.json.at("/outputs/1/data"))
                .hasToString(JSON.writeValueAsString(TestModel.predict(FIRST).probabilities()));
        assertThat(answer.tail)
                .isEqualTo(longs(List.of((long) TestModel.predict(FIRST).classIndex())));
    }

    @Test
    void oneOutputMayComeRaw() {
        ObjectNode request = uint8(FIRST);
        want(request, "glimpses").putObject("parameters").put("binary_data", true);
        want(request, "class");

        Binary answer = binary(post(null, bytes(request)));

        assertThat(answer.json.at("/outputs/0/parameters/binary_data_size").asInt())
                .isEqualTo(48);
        assertThat(answer.json.at("/outputs/0/data").isMissingNode()).isTrue();
        assertThat(answer.json.at("/outputs/1/data"))
                .hasToString("[" + TestModel.predict(FIRST).classIndex() + "]");
        assertThat(answer.tail).isEqualTo(glimpses(TestModel.predict(FIRST)));
    }

    @Test
    void classificationMayComeRaw() {
        ObjectNode request = uint8(FIRST);
        want(request, "probabilities")
                .putObject("parameters")
                .put("classification", 1)
                .put("binary_data", true);

        Binary answer = binary(post(null, bytes(request)));

        Prediction prediction = TestModel.predict(FIRST);
        byte[] word =
                TestService.ascii(prediction.confidence() + ":" + prediction.classIndex() + ":" + prediction.label());
        assertThat(answer.json.at("/outputs/0"))
                .hasToString(
                        "{\"name\":\"probabilities\",\"datatype\":\"BYTES\",\"shape\":[1,1],\"parameters\":{\"binary_data_size\":"
                                + (4 + word.length) + "}}");
        assertThat(answer.tail).isEqualTo(concat(new byte[] {(byte) word.length, 0, 0, 0}, word));
    }

    @Test
    void rawTensorAloneIsAnsweredRaw() {
        Binary one = binary(post("0", FIRST));
        Binary two = binary(post("0", concat(FIRST, SECOND)));

        assertThat(one.json.at("/outputs/0/shape")).hasToString("[1,10]");
        assertThat(one.tail).isEqualTo(tensors(TestModel.predict(FIRST)));
        assertThat(two.json.at("/outputs/2/shape")).hasToString("[2,6,2]");
        assertThat(two.tail).isEqualTo(tensors(TestModel.predict(FIRST), TestModel.predict(SECOND)));
        assertThat(two.json.propertyNames()).containsExactly("model_name", "model_version", "outputs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-784", "LENGTH+1", "99999999999999999999", "x", "1.5", ""})
    void lengthThatTheBodyCannotHaveIsRefused(String header) {
        byte[] body = bytes(uint8(FIRST));
        String value = header.replace("LENGTH+1", Integer.toString(body.length + 1));

        HttpResponse<byte[]> response = post(value, body);

        assertRefused(response, "Inference-Header-Content-Length must be one integer from 0 to " + body.length);
    }

    @Test
    void lengthMustBeGivenOnce() {
        byte[] body = bytes(uint8(FIRST));
        HttpRequest.Builder request = service.request("/v2/models/ram/infer")
                .header(HEADER, Integer.toString(body.length))
                .header(HEADER, "0")
                .POST(BodyPublishers.ofByteArray(body));

        assertRefused(service.send(request, BodyHandlers.ofByteArray()), "must be one integer from 0 to ");
    }

    @Test
    void tensorMustBeWhole() {
        ObjectNode request = raw("UINT8", 1, 784);
        String length = length(request);

        assertRefused(post(length, bytes(request)), "must have 784 bytes after its JSON");
        assertRefused(post(length, bytes(request, Arrays.copyOf(FIRST, 783))), "must have 784 bytes after its JSON");
        assertRefused(post(length, bytes(request, FIRST, new byte[1])), "must have 784 bytes after its JSON");
        assertRefused(post(null, bytes(request)), "must have 784 bytes after its JSON");
        assertRefused(post(null, bytes(request, FIRST)), "not valid JSON");
        assertRefused(post("10", bytes(request, FIRST)), "not valid JSON");
        assertRefused(post(length(raw("UINT8", 1, 785)), bytes(raw("UINT8", 1, 785), FIRST)), "must be 784");
        assertRefused(post(length(raw("FP32", 1, 784)), bytes(raw("FP32", 1, 784), FIRST)), "must be 3136");
        assertRefused(post("0", Arrays.copyOf(FIRST, 783)), "must be raw images of 784 bytes each");
        assertRefused(post("0", new byte[0]), "the body is empty");
        assertRefused(post("0", bytes(uint8(FIRST))), "must be raw images of 784 bytes each");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1.0001f, -0.5f, 255})
    void rawFractionsMustBeFromZeroToOne(float value) {
        ObjectNode request = raw("FP32", 1, 3136);
        float[] pixels = fractions(FIRST);
        pixels[783] = value;

        assertRefused(
                post(length(request), bytes(request, littleEndian(pixels))),
                "value 783 of the raw tensor must be a number from 0 to 1");
    }

    private static String length(ObjectNode request) {
        return Integer.toString(bytes(request).length);
    }

    private static byte[] tensors(Prediction... predictions) {
        byte[] probabilities = new byte[0];
        List<Long> classes = new ArrayList<>();
        byte[] glimpses = new byte[0];
        for (Prediction prediction : predictions) {
            probabilities = concat(probabilities, floats(prediction.probabilities()));
            classes.add((long) prediction.classIndex());
            glimpses = concat(glimpses, glimpses(prediction));
        }
        return concat(probabilities, longs(classes), glimpses);
    }

    private static byte[] glimpses(Prediction prediction) {
        List<Float> values = new ArrayList<>();
        prediction.glimpses().forEach(glimpse -> values.addAll(List.of(glimpse.x(), glimpse.y())));
        return floats(values);
    }

    private static byte[] floats(List<Float> values) {
        float[] array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return littleEndian(array);
    }

    private static byte[] longs(List<Long> values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.size()).order(ByteOrder.LITTLE_ENDIAN);
        values.forEach(bytes::putLong);
        return bytes.array();
    }

    private record Binary(JsonNode json, byte[] tail) {}

    private static Binary binary(HttpResponse<byte[]> response) {
        assertThat(response.statusCode())
                .as(new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(response.headers().firstValue("Content-Length")).contains(Integer.toString(response.body().length));
        int length = Integer.parseInt(response.headers().firstValue(HEADER).orElseThrow());
        byte[] body = response.body();
        return new Binary(JSON.readTree(Arrays.copyOf(body, length)), Arrays.copyOfRange(body, length, body.length));
    }

    private static String json(HttpResponse<byte[]> response) {
        String body = new String(response.body(), StandardCharsets.UTF_8);
        assertThat(response.statusCode()).as(body).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.headers().firstValue(HEADER)).isEmpty();
        return body;
    }

    private static void assertRefused(HttpResponse<byte[]> response, String part) {
        String body = new String(response.body(), StandardCharsets.UTF_8);
        assertThat(response.statusCode()).as(body).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(JSON.readTree(body).propertyNames()).containsExactly("error");
        assertThat(JSON.readTree(body).get("error").asString()).contains(part);
    }

    private static HttpResponse<byte[]> post(String header, byte[] body) {
        return send(header, BodyPublishers.ofByteArray(body));
    }

    private static HttpResponse<byte[]> send(String header, BodyPublisher body) {
        HttpRequest.Builder request = service.request("/v2/models/ram/infer")
                .header("Content-Type", "application/octet-stream")
                .POST(body);
        if (header != null) {
            request.header(HEADER, header);
        }
        return service.send(request, BodyHandlers.ofByteArray());
    }
}
