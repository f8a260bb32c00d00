package io.github.ram.service.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ram.service.fixture.Images;
import io.github.ram.service.fixture.TestModel;
import io.github.ram.service.fixture.TestService;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pictures in, and pictures out. */
class PictureTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final byte[] PIXELS = TestModel.pixels(20);

    /** A dark bar of 40×160 pixels at (200, 70) on a light page of 400×300. */
    private static final byte[] PAGE = page();

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
    void answerSaysWhatWasDoneToThePicture() {
        JsonNode done = predict("", PAGE).get("preprocessing");

        assertThat(done.get("applied").asString()).isEqualTo("mnist");
        assertThat(done.get("picture")).hasToString("{\"width\":400,\"height\":300}");
        assertThat(done.get("orientation").asInt()).isEqualTo(1);
        assertThat(done.get("ink").get("tone").asString()).isEqualTo("dark");
        assertThat(done.get("ink").get("box").get("left").asInt()).isBetween(197, 200);
        assertThat(done.get("ink").get("box").get("height").asInt()).isBetween(160, 164);
        // The bar's 160 pixels are 20 of the input's 28.
        assertThat(done.get("area").get("height").asDouble()).isBetween(222.0, 230.0);
    }

    @Test
    void boxesCanBeAskedForInPixelsOfThePicture() {
        JsonNode input = predict("", PAGE);
        JsonNode picture = predict("?box=picture", PAGE);

        JsonNode area = input.get("preprocessing").get("area");
        double down = area.get("height").asDouble() / 28;
        for (int i = 0; i < 6; i++) {
            JsonNode box = input.get("glimpses").get(i).get("box");
            JsonNode moved = picture.get("glimpses").get(i).get("box");
            assertThat(moved.get("top").asDouble())
                    .isCloseTo(
                            area.get("top").asDouble() + box.get("top").asInt() * down,
                            org.assertj.core.data.Offset.offset(0.51));
            assertThat(moved.get("height").asDouble()).isCloseTo(8 * down, org.assertj.core.data.Offset.offset(1.01));
        }
        assertThat(picture.get("probabilities")).isEqualTo(input.get("probabilities"));
    }

    @Test
    void explanationHasTheInputAndTheProbabilitiesAfterEachGlimpse() {
        JsonNode answer = predict("?explain=true", Images.png(PIXELS));

        byte[] input = new byte[784];
        for (int i = 0; i < input.length; i++) {
            input[i] = (byte) answer.get("input").get(i / 28).get(i % 28).asInt();
        }
        assertThat(input).isEqualTo(PIXELS);
        assertThat(answer.get("glimpses")).hasSize(6);
        for (JsonNode glimpse : answer.get("glimpses")) {
            assertThat(StreamSupport.stream(glimpse.get("probabilities").spliterator(), false)
                            .mapToDouble(JsonNode::asDouble)
                            .sum())
                    .isCloseTo(1, org.assertj.core.data.Offset.offset(1e-5));
        }
        assertThat(answer.get("glimpses").get(5).get("probabilities")).isEqualTo(answer.get("probabilities"));
        assertThat(predict("", Images.png(PIXELS)).has("input")).isFalse();
    }

    @Test
    void explanationKeepsTheProbabilitiesAfterEachGlimpseWithBoxesInPixelsOfThePicture() {
        JsonNode input = predict("?explain=true", PAGE);
        JsonNode picture = predict("?explain=true&box=picture", PAGE);

        for (int i = 0; i < 6; i++) {
            assertThat(picture.get("glimpses").get(i).get("probabilities"))
                    .isNotNull()
                    .isEqualTo(input.get("glimpses").get(i).get("probabilities"));
        }
    }

    @Test
    void severalRolloutsAreAveraged() {
        JsonNode one = predict("", Images.png(PIXELS));
        JsonNode many = predict("?rollouts=32", Images.png(PIXELS));

        assertThat(many.get("glimpses")).isEqualTo(one.get("glimpses"));
        assertThat(many.get("probabilities")).isNotEqualTo(one.get("probabilities"));
        assertThat(predict("?rollouts=32", Images.png(PIXELS))).isEqualTo(many);
    }

    @Test
    void pictureWithoutInkIsRefused() {
        byte[] level = new byte[90 * 70];
        Arrays.fill(level, (byte) 200);

        HttpResponse<String> response = post("", Images.encode("png", level, 90, 70), null);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).contains("the picture shows no ink");
        assertThat(post("", Images.png(new byte[784]), null).statusCode()).isEqualTo(422);
        assertThat(service.postJson(TestModel.json(new byte[784])).statusCode()).isEqualTo(422);
        assertThat(post("?preprocess=none", Images.png(new byte[784]), null).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?preprocess=MNIST | preprocess must be one of auto, mnist, crop, none, got MNIST",
                "?preprocess=      | preprocess must be one of auto, mnist, crop, none, got",
                "?rollouts=0       | rollouts must be an integer in [1, 32], got 0",
                "?rollouts=%F0%9F%98%80%E2%80%AE%0A | rollouts must be an integer in [1, 32], got 😀??",
                "?rollouts=123456789012345678901234567890123456789%F0%9F%98%80%F0%9F%98%80 | rollouts must be an integer in [1, 32], got 123456789012345678901234567890123456789😀…",
                "?rollouts=%2B3    | rollouts must be an integer in [1, 32], got +3",
                "?rollouts=%D9%A3  | rollouts must be an integer in [1, 32], got \u0663",
                "?rollouts=1&rollouts=99 | the request has two values of rollouts: give it once",
                "?rollout=3        | there is no option rollout: the options are preprocess, rollouts, box, explain",
                "?rollouts=33      | rollouts must be an integer in [1, 32], got 33",
                "?rollouts=many    | rollouts must be an integer in [1, 32], got many",
                "?box=pixels       | box must be one of input, picture, got pixels",
                "?explain=yes      | explain must be one of false, true, got yes",
                "?rollouts=1111111111111111111111111111111111111111111111 | rollouts must be an integer in [1, 32], got 1111111111111111111111111111111111111111…",
                "?box=a%0Ab        | box must be one of input, picture, got a?b"
            })
    void unknownOptionIsRefused(String query, String detail) {
        HttpResponse<String> response = post(query, Images.png(PIXELS), null);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(response.body()).get("detail").asString().strip())
                .isEqualTo(detail);
    }

    @Test
    void queryThatCannotBeReadIsRefused() {
        byte[] file = Images.png(PIXELS);
        String answer = service.exchange(
                TestService.ascii("POST /v1/predictions?box=%zz HTTP/1.1\r\nHost: here\r\nConnection: close\r\n"
                        + "Content-Type: image/png\r\nContent-Length: " + file.length + "\r\n\r\n"),
                file);

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .contains("the query cannot be read: correct the part after the question mark");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image/png",
                "image/*",
                "application/json;q=0.5, image/png",
                "application/json;q=0, */*",
                "*/*, application/*;q=0",
                "*/*, application/json;q=0.5"
            })
    void glimpsesAreDrawnForThoseWhoAcceptAPicture(String accept) throws Exception {
        HttpResponse<byte[]> response = java.net.http.HttpClient.newHttpClient()
                .send(
                        service.request("/v1/predictions")
                                .header("Content-Type", "image/png")
                                .header("Accept", accept)
                                .POST(BodyPublishers.ofByteArray(PAGE))
                                .build(),
                        BodyHandlers.ofByteArray());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("image/png");
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(response.body()));
        assertThat(picture.getWidth()).isGreaterThan(400);
        assertThat(Arrays.stream(picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, 9999))
                        .distinct()
                        .count())
                .isGreaterThan(20);
    }

    @Test
    void fileInBase64IsReadAsTheFile() {
        String body =
                "{\"image\": \"%s\"}".formatted(java.util.Base64.getEncoder().encodeToString(PAGE));

        JsonNode answer = JSON.readTree(service.postJson(body).body());

        assertThat(answer).isEqualTo(predict("", PAGE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "image/png;q=0, */*",
                "*/*;q=0.1, image/*;q=0",
                "application/json, */*;q=0",
                "application/*;q=0, application/json",
                "text/html, image/webp, */*;q=0.8"
            })
    void jsonIsTheAnswerToThoseWhoAcceptAnythingElse(String accept) {
        assertThat(post("", Images.png(PIXELS), accept).headers().firstValue("Content-Type"))
                .contains("application/json");
    }

    @Test
    void refusalIsAProblemDocumentForThoseWhoAcceptAPictureToo() {
        HttpResponse<String> response = post("", TestService.ascii("no image"), "image/png");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    private static JsonNode predict(String query, byte[] file) {
        HttpResponse<String> response = post(query, file, null);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static HttpResponse<String> post(String query, byte[] file, String accept) {
        var request = service.request("/v1/predictions" + query).header("Content-Type", "image/png");
        if (accept != null) {
            request.header("Accept", accept);
        }
        return service.send(request.POST(BodyPublishers.ofByteArray(file)));
    }

    private static byte[] page() {
        byte[] pixels = new byte[400 * 300];
        Arrays.fill(pixels, (byte) 240);
        for (int y = 70; y < 230; y++) {
            Arrays.fill(pixels, y * 400 + 200, y * 400 + 240, (byte) 30);
        }
        return Images.encode("png", pixels, 400, 300);
    }
}
