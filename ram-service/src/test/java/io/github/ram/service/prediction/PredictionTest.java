package io.github.ram.service.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ram.model.checkpoint.Manifest;
import io.github.ram.service.fixture.Images;
import io.github.ram.service.fixture.TestModel;
import io.github.ram.service.fixture.TestService;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PredictionTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final byte[] PIXELS = TestModel.pixels(20);

    private static TestService service;

    @BeforeAll
    static void start(@TempDir Path directory) {
        service = TestService.start(directory, "--ram.threads=3");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "bmp", "gif"})
    void imageFileIsAnsweredWithThePrediction(String format) {
        byte[] file = Images.encode(format, PIXELS, 28, 28);

        assertAnswer(service.post("image/" + format, file), PIXELS);
        assertAnswer(service.postForm("image", file), PIXELS);
    }

    @Test
    void jsonPixelsAreAnsweredWithThePrediction() {
        assertAnswer(service.postJson(TestModel.json(PIXELS)), PIXELS);
    }

    @Test
    void contentDecidesOnTheFormatRatherThanItsDeclaredType() {
        assertAnswer(service.post("image/gif", Images.png(PIXELS)), PIXELS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/x-png", "image/jpg", "image/x-ms-bmp"})
    void otherNamesOfTheTypesAreKnown(String type) {
        assertAnswer(service.post(type, Images.png(PIXELS)), PIXELS);
    }

    @Test
    void dataUrlMayBeInCapitals() {
        String file = Base64.getEncoder().encodeToString(Images.png(PIXELS));

        assertAnswer(service.postJson("{\"image\": \"DATA:image/png;base64," + file + "\"}"), PIXELS);
    }

    @Test
    void imageOfAnotherSizeIsScaled() {
        byte[] large = new byte[56 * 56];
        for (int i = 0; i < large.length; i++) {
            large[i] = PIXELS[i / 56 / 2 * 28 + i % 56 / 2];
        }

        HttpResponse<String> response =
                service.post("/v1/predictions?preprocess=none", "image/png", Images.encode("png", large, 56, 56));

        assertThat(response.body()).isEqualTo(withModel(TestModel.answer(PIXELS, 56)));
    }

    @Test
    void answerHasTheMembersInTheirOrder() {
        JsonNode answer = JSON.readTree(service.postJson(TestModel.json(PIXELS)).body());

        assertThat(answer.propertyNames())
                .containsExactly("class", "label", "confidence", "probabilities", "glimpses", "preprocessing", "model");
        assertThat(answer.get("probabilities")).hasSize(10);
        assertThat(answer.get("glimpses")).hasSize(6);
        // The start location (0.25, -0.5): floor(0.5 · 1.25 · 28) - 4 and floor(0.5 · 0.5 · 28) - 4.
        assertThat(answer.get("glimpses").get(0))
                .hasToString(
                        "{\"step\":1,\"x\":0.25,\"y\":-0.5,\"box\":{\"left\":13,\"top\":3,\"width\":8,\"height\":8}}");
        assertThat(answer.get("model").get("name").asString()).isEqualTo("ram-test");
    }

    @Test
    void manyThreadsGetTheAnswersThatOneGets() throws Exception {
        List<byte[]> images = IntStream.range(0, 50).mapToObj(TestModel::pixels).toList();
        List<String> expected = images.stream().map(PredictionTest::answer).toList();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<List<String>> client = () -> images.stream()
                    .map(pixels -> service.post("image/png", Images.png(pixels)).body())
                    .toList();
            for (Future<List<String>> answers : threads.invokeAll(
                    IntStream.range(0, 8).mapToObj(thread -> client).toList())) {
                assertThat(answers.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdown();
        }
        assertThat(expected).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json;charset=iso-8859-1",
                "application/json;charset=utf-16",
                "application/json;charset=utf-16, */*",
                "application/json;q=0.5;charset=iso-8859-1, text/html"
            })
    void answerIsUtf8WhateverCharsetIsAskedFor(String accept) {
        assertAnswer(
                service.send(service.request("/v1/predictions")
                        .header("Content-Type", "image/png")
                        .header("Accept", accept)
                        .POST(BodyPublishers.ofByteArray(Images.png(PIXELS)))),
                PIXELS);
        for (String path : new String[] {"/v1/model", "/v3/api-docs"}) {
            HttpResponse<String> response = service.send(service.request(path).header("Accept", accept));
            assertThat(response.statusCode()).as(path).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(response.body()).isEqualTo(service.get(path).body());
        }
    }

    @Test
    void pictureHasNoCharset() {
        HttpResponse<String> response = service.send(service.request("/v1/predictions")
                .header("Content-Type", "image/png")
                .header("Accept", "image/png;charset=utf-16")
                .POST(BodyPublishers.ofByteArray(Images.png(PIXELS))));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("image/png");
    }

    @Test
    void modelIsDescribedByItsManifest() {
        HttpResponse<String> response = service.get("/v1/model");

        String manifest = JSON.writeValueAsString(TestModel.checkpoint().manifest());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo(manifest.substring(0, manifest.length() - 1) + ",\"version\":\""
                        + TestModel.checkpoint().manifest().version()
                        + "\",\"engine\":\"blas\",\"backend\":\"cpu\"}");
    }

    private static void assertAnswer(HttpResponse<String> response, byte[] pixels) {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.body()).isEqualTo(answer(pixels));
    }

    /** The prediction as any JSON writer would write it, to the digit, and the model. */
    private static String answer(byte[] pixels) {
        return withModel(TestModel.answer(pixels));
    }

    private static String withModel(String prediction) {
        Manifest manifest = TestModel.checkpoint().manifest();
        return "%s,\"model\":{\"name\":\"%s\",\"version\":\"%s\"}}"
                .formatted(prediction.substring(0, prediction.length() - 1), manifest.name(), manifest.version());
    }
}
