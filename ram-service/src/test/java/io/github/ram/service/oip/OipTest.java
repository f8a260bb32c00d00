package io.github.ram.service.oip;

import static io.github.ram.service.fixture.OipBodies.JSON;
import static io.github.ram.service.fixture.OipBodies.bytes;
import static io.github.ram.service.fixture.OipBodies.fp32;
import static io.github.ram.service.fixture.OipBodies.fractions;
import static io.github.ram.service.fixture.OipBodies.input;
import static io.github.ram.service.fixture.OipBodies.nested;
import static io.github.ram.service.fixture.OipBodies.uint8;
import static io.github.ram.service.fixture.OipBodies.want;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ram.model.Prediction;
import io.github.ram.service.fixture.TestModel;
import io.github.ram.service.fixture.TestService;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The Open Inference Protocol in JSON: every row of its table, each optional member given and left out. */
class OipTest {

    private static final byte[] FIRST = TestModel.pixels(20);
    private static final byte[] SECOND = TestModel.pixels(31);
    private static final String VERSION = TestModel.checkpoint().manifest().version();

    private static TestService service;

    @BeforeAll
    static void start(@TempDir Path directory) {
        service = TestService.start(directory);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2", "/v2/"})
    void serverTellsItsNameVersionAndExtensions(String path) {
        JsonNode server = get(path, 200);

        assertThat(server.propertyNames()).containsExactly("name", "version", "extensions");
        assertThat(server.get("name").asString()).isEqualTo("ram-service");
        assertThat(server.get("version").asString()).matches("[0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?");
        assertThat(server.get("extensions"))
                .hasToString("[\"binary_tensor_data\",\"classification\",\"model_configuration\",\"statistics\"]");
    }

    @Test
    void healthIsTold() {
        assertThat(get("/v2/health/live", 200)).hasToString("{\"live\":true}");
        assertThat(get("/v2/health/ready", 200)).hasToString("{\"ready\":true}");
        assertThat(get("/v2/models/ram/ready", 200)).hasToString("{\"name\":\"ram\",\"ready\":true}");
        assertThat(get("/v2/models/ram/versions/" + VERSION + "/ready", 200))
                .hasToString("{\"name\":\"ram\",\"ready\":true}");
    }

    @Test
    void whatIsToldToStopIsNotReadyButLivesAndServes() {
        service.publish(ReadinessState.REFUSING_TRAFFIC); // as Spring Boot does first of all
        try {
            assertThat(get("/v2/health/live", 200)).hasToString("{\"live\":true}");
            assertThat(get("/v2/health/ready", 503)).hasToString("{\"ready\":false}");
            assertThat(get("/v2/models/ram/ready", 503)).hasToString("{\"name\":\"ram\",\"ready\":false}");
            assertThat(get("/v2/models/ram/versions/" + VERSION + "/ready", 503))
                    .hasToString("{\"name\":\"ram\",\"ready\":false}");
            assertThat(get("/v2", 200).get("name").asString()).isEqualTo("ram-service");
            assertThat(get("/v2/models/ram", 200).get("name").asString()).isEqualTo("ram");
        } finally {
            service.publish(ReadinessState.ACCEPTING_TRAFFIC);
        }
        assertThat(get("/v2/health/ready", 200)).hasToString("{\"ready\":true}");
    }

    @Test
    void whatIsBrokenDoesNotLive() {
        service.publish(LivenessState.BROKEN);
        try {
            assertThat(get("/v2/health/live", 503)).hasToString("{\"live\":false}");
        } finally {
            service.publish(LivenessState.CORRECT);
        }
        assertThat(get("/v2/health/live", 200)).hasToString("{\"live\":true}");
    }

    @Test
    void modelIsDescribedWithAndWithoutItsVersion() {
        String metadata = ("{\"name\":\"ram\",\"versions\":[\"%s\"],\"platform\":\"ram_blas\","
                        + "\"inputs\":[{\"name\":\"image\",\"datatype\":\"UINT8\",\"shape\":[-1,28,28]}],"
                        + "\"outputs\":[{\"name\":\"probabilities\",\"datatype\":\"FP32\",\"shape\":[-1,10]},"
                        + "{\"name\":\"class\",\"datatype\":\"INT64\",\"shape\":[-1]},"
                        + "{\"name\":\"glimpses\",\"datatype\":\"FP32\",\"shape\":[-1,6,2]}]}")
                .formatted(VERSION);

        assertThat(get("/v2/models/ram", 200)).hasToString(metadata);
        assertThat(get("/v2/models/ram/versions/" + VERSION, 200)).hasToString(metadata);
    }

    /** As Triton's tools ask. */
    @Test
    void configurationIsTritons() {
        String configuration = "{\"name\":\"ram\",\"platform\":\"ram_blas\",\"max_batch_size\":64,"
                + "\"input\":[{\"name\":\"image\",\"data_type\":\"TYPE_UINT8\",\"dims\":[28,28]}],"
                + "\"output\":[{\"name\":\"probabilities\",\"data_type\":\"TYPE_FP32\",\"dims\":[10]},"
                + "{\"name\":\"class\",\"data_type\":\"TYPE_INT64\",\"dims\":[1],\"reshape\":{\"shape\":[]}},"
                + "{\"name\":\"glimpses\",\"data_type\":\"TYPE_FP32\",\"dims\":[6,2]}]}";

        assertThat(get("/v2/models/ram/config", 200)).hasToString(configuration);
        assertThat(get("/v2/models/ram/versions/" + VERSION + "/config", 200)).hasToString(configuration);
        get("/v2/models/other/config", 404);
    }

    @Test
    void statisticsCountImagesRequestsAndRuns(@TempDir Path directory) throws Exception {
        try (TestService counted = TestService.start(directory)) {
            counted.send(infer(counted, "", bytes(uint8(FIRST, SECOND))));
            counted.send(infer(counted, "", bytes(uint8(FIRST))));
            counted.send(infer(counted, "", new byte[] {'{'}));
            for (String path : List.of(
                    "/v2/models/stats", "/v2/models/ram/stats", "/v2/models/ram/versions/" + VERSION + "/stats")) {
                JsonNode model = JSON.readTree(counted.get(path).body()).at("/model_stats/0");
                while (model.at("/inference_stats/success/count").asInt() < 2
                        || model.at("/inference_stats/fail/count").asInt() < 1) {
                    Thread.sleep(5); // counted when it is over, which may be after the client has its answer
                    model = JSON.readTree(counted.get(path).body()).at("/model_stats/0");
                }

                assertThat(model.get("name").asString()).isEqualTo("ram");
                assertThat(model.get("version").asString()).isEqualTo(VERSION);
                assertThat(model.get("inference_count").asInt()).isEqualTo(3);
                assertThat(model.get("execution_count").asInt()).isBetween(2, 4);
                assertThat(model.at("/inference_stats/success/count").asInt()).isEqualTo(2);
                assertThat(model.at("/inference_stats/fail/count").asInt()).isEqualTo(1);
                assertThat(model.at("/inference_stats/queue/count").asInt()).isEqualTo(3);
                assertThat(model.at("/inference_stats/compute_infer/ns").asLong())
                        .isPositive()
                        .isLessThan(model.at("/inference_stats/success/ns").asLong());
            }
        }
    }

    @Test
    void indexNamesTheModel() {
        HttpResponse<String> index = service.send(
                service.request("/v2/repository/index").POST(BodyPublishers.ofString("{\"ready\": true}")));

        assertThat(index.statusCode()).isEqualTo(200);
        assertThat(index.body())
                .isEqualTo("[{\"name\":\"ram\",\"version\":\"%s\",\"state\":\"READY\",\"reason\":\"\"}]"
                        .formatted(VERSION));
    }

    @Test
    void shapesAreThoseOfTheModel(@TempDir Path directory) {
        try (TestService colour = TestService.start(TestModel.colour(), directory)) {
            HttpResponse<String> metadata = colour.get("/v2/models/ram");
            ObjectNode request = JSON.createObjectNode();
            ObjectNode input = request.putArray("inputs").addObject();
            input.put("name", "image").put("datatype", "UINT8").putPOJO("shape", List.of(2, 5, 7, 3));
            int[] data = new int[2 * 5 * 7 * 3];
            data[0] = 255;
            data[5 * 7 * 3] = 255;
            input.putPOJO("data", data);
            JsonNode answer =
                    JSON.readTree(colour.send(infer(colour, "", bytes(request))).body());

            assertThat(metadata.body())
                    .contains("\"inputs\":[{\"name\":\"image\",\"datatype\":\"UINT8\",\"shape\":[-1,5,7,3]}]")
                    .contains("{\"name\":\"probabilities\",\"datatype\":\"FP32\",\"shape\":[-1,4]}")
                    .contains("{\"name\":\"glimpses\",\"datatype\":\"FP32\",\"shape\":[-1,3,2]}");
            assertThat(answer.at("/outputs/0/shape")).hasToString("[2,4]");
            assertThat(answer.at("/outputs/0/data")).hasSize(8);
            assertThat(answer.at("/outputs/2/shape")).hasToString("[2,3,2]");
            assertThat(answer.at("/outputs/2/data")).hasSize(12);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/versions/VERSION"})
    void leastRequestIsAnsweredWithEveryOutput(String version) {
        JsonNode answer = infer(version.replace("VERSION", VERSION), uint8(FIRST));

        assertThat(answer).hasToString(answer("", TestModel.predict(FIRST)));
        assertThat(answer.propertyNames()).containsExactly("model_name", "model_version", "outputs");
    }

    @Test
    void everyMemberMayBeGiven() {
        ObjectNode request = uint8(FIRST).put("id", "a \"quoted\" 7 \u2026");
        request.putObject("parameters").put("binary_data_output", false).put("custom", "kept to oneself");
        input(request).putObject("parameters").put("content_type", "np");
        want(request, "probabilities").putObject("parameters").put("binary_data", false);
        want(request, "class").putObject("parameters");
        want(request, "glimpses");

        assertThat(infer("", request))
                .hasToString(answer("\"id\":\"a \\\"quoted\\\" 7 \u2026\",", TestModel.predict(FIRST)));
    }

    @Test
    void emptyIdIsGivenBack() {
        assertThat(infer("", uint8(FIRST).put("id", "")).get("id").asString()).isEmpty();
    }

    @Test
    void nullIsTheSameAsLeftOut() {
        ObjectNode request = uint8(FIRST).putNull("id").putNull("parameters").putNull("outputs");
        input(request).putNull("parameters");

        assertThat(infer("", request)).hasToString(answer("", TestModel.predict(FIRST)));
    }

    @Test
    void imagesAreAnsweredInTheirOrderNestedOrFlat() {
        String expected = answer("", TestModel.predict(FIRST), TestModel.predict(SECOND), TestModel.predict(FIRST));

        assertThat(infer("", uint8(FIRST, SECOND, FIRST))).hasToString(expected);
        assertThat(infer("", nested(uint8(FIRST, SECOND, FIRST)))).hasToString(expected);
    }

    @Test
    void fractionsOfOneArePixelsToo() {
        JsonNode bytes = infer("", uint8(FIRST, SECOND));

        JsonNode fractions = infer("", fp32(fractions(FIRST), fractions(SECOND)));

        assertThat(fractions.at("/outputs/1")).isEqualTo(bytes.at("/outputs/1"));
        for (int i = 0; i < 20; i++) {
            assertThat(fractions.at("/outputs/0/data/" + i).floatValue())
                    .isCloseTo(bytes.at("/outputs/0/data/" + i).floatValue(), within(1e-5f));
        }
        assertThat(infer("", nested(fp32(fractions(FIRST), fractions(SECOND))))).isEqualTo(fractions);
    }

    @Test
    void fractionsAreNotRoundedToBytes() {
        float[] between = fractions(FIRST);
        for (int i = 0; i < between.length; i++) {
            between[i] = Math.min(1, between[i] + 0.4f / 255);
        }

        assertThat(infer("", fp32(between)).at("/outputs/0/data"))
                .isNotEqualTo(infer("", fp32(fractions(FIRST))).at("/outputs/0/data"));
    }

    @Test
    void onlyTheOutputsNamedComeInTheOrderNamed() {
        ObjectNode request = uint8(FIRST);
        want(request, "glimpses");
        want(request, "class");

        JsonNode outputs = infer("", request).get("outputs");

        JsonNode all = infer("", uint8(FIRST)).get("outputs");
        assertThat(outputs).hasToString("[" + all.get(2) + "," + all.get(1) + "]");
    }

    @Test
    void classificationNamesTheBestClasses() {
        ObjectNode request = uint8(FIRST, SECOND);
        want(request, "probabilities").putObject("parameters").put("classification", 3);
        want(request, "class");

        JsonNode outputs = infer("", request).get("outputs");

        List<String> expected = new ArrayList<>(best(TestModel.predict(FIRST)));
        expected.addAll(best(TestModel.predict(SECOND)));
        assertThat(outputs.get(0))
                .hasToString("{\"name\":\"probabilities\",\"datatype\":\"BYTES\",\"shape\":[2,3],\"data\":"
                        + JSON.writeValueAsString(expected) + "}");
        assertThat(outputs.get(1).get("name").asString()).isEqualTo("class");
    }

    @Test
    void rolloutsAreAveraged() {
        ObjectNode several = uint8(FIRST);
        several.putObject("parameters").put("rollouts", 5);

        JsonNode averaged = infer("", several);

        assertThat(averaged.at("/outputs/0/data"))
                .isNotEqualTo(infer("", uint8(FIRST)).at("/outputs/0/data"));
        assertThat(infer("", several)).isEqualTo(averaged);
    }

    @Test
    void typeOfTheBodyMayBeLeftOutAndItsMembersMayBeUnknown() {
        ObjectNode request = uint8(FIRST).put("model_name", "ram").put("model_version", "any");
        HttpRequest.Builder untyped = service.request("/v2/models/ram/infer")
                .header("Accept", "text/html")
                .POST(BodyPublishers.ofByteArray(bytes(request)));

        HttpResponse<String> response = service.send(untyped);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.body()).isEqualTo(answer("", TestModel.predict(FIRST)));
    }

    private static List<String> best(Prediction prediction) {
        List<Float> probabilities = prediction.probabilities();
        List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
        order.sort((a, b) -> Float.compare(probabilities.get(b), probabilities.get(a)));
        return order.subList(0, 3).stream()
                .map(c -> probabilities.get(c) + ":" + c + ":" + c)
                .toList();
    }

    private static String answer(String id, Prediction... predictions) {
        List<Float> probabilities = new ArrayList<>();
        List<Integer> classes = new ArrayList<>();
        List<Float> glimpses = new ArrayList<>();
        for (Prediction prediction : predictions) {
            probabilities.addAll(prediction.probabilities());
            classes.add(prediction.classIndex());
            prediction.glimpses().forEach(glimpse -> glimpses.addAll(List.of(glimpse.x(), glimpse.y())));
        }
        int n = predictions.length;
        return "{\"model_name\":\"ram\",\"model_version\":\"" + VERSION + "\"," + id + "\"outputs\":["
                + "{\"name\":\"probabilities\",\"datatype\":\"FP32\",\"shape\":[" + n + ",10],\"data\":"
                + JSON.writeValueAsString(probabilities) + "},"
                + "{\"name\":\"class\",\"datatype\":\"INT64\",\"shape\":[" + n + "],\"data\":"
                + JSON.writeValueAsString(classes) + "},"
                + "{\"name\":\"glimpses\",\"datatype\":\"FP32\",\"shape\":[" + n + ",6,2],\"data\":"
                + JSON.writeValueAsString(glimpses) + "}]}";
    }

    private static JsonNode infer(String version, ObjectNode request) {
        HttpResponse<String> response = service.send(infer(service, version, bytes(request)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.headers().firstValue("Inference-Header-Content-Length"))
                .isEmpty();
        return JSON.readTree(response.body());
    }

    private static HttpRequest.Builder infer(TestService service, String version, byte[] body) {
        return service.request("/v2/models/ram" + version + "/infer")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body));
    }

    private static JsonNode get(String path, int status) {
        HttpResponse<String> response = service.get(path);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        return JSON.readTree(response.body());
    }
}
