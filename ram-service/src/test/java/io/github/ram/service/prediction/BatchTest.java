package io.github.ram.service.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ram.model.checkpoint.Manifest;
import io.github.ram.service.fixture.Images;
import io.github.ram.service.fixture.TestModel;
import io.github.ram.service.fixture.TestService;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class BatchTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static TestService service;

    @BeforeAll
    static void start(@TempDir Path directory) {
        service = TestService.start(directory, "--ram.threads=3", "--ram.deadline=5m");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 33, 64})
    void everyImageOfAFormIsAnsweredInItsPlace(int images) {
        byte[][] files = pixels(0, images).stream()
                .map(pixels -> Images.encode(pixels[0] % 2 == 0 ? "png" : "bmp", pixels, 28, 28))
                .toArray(byte[][]::new);

        assertAnswer(postForm(files), pixels(0, images));
    }

    @Test
    void optionsGoForEveryImage() {
        byte[] first = Images.png(TestModel.pixels(20));
        byte[] second = Images.png(TestModel.pixels(21));

        JsonNode batch = JSON.readTree(service.post(
                        "/v1/predictions/batch?rollouts=3&explain=true",
                        TestService.FORM,
                        TestService.form("image", first, second))
                .body());

        for (int i = 0; i < 2; i++) {
            JsonNode alone = JSON.readTree(
                    service.post("/v1/predictions?rollouts=3&explain=true", "image/png", i == 0 ? first : second)
                            .body());
            ((ObjectNode) alone).remove("model");
            assertThat(batch.get("predictions").get(i)).isEqualTo(alone);
        }
    }

    @Test
    void jsonMayHoldFilesAndPixels() {
        byte[] pixels = TestModel.pixels(20);
        String rows = TestModel.json(pixels);
        String body = "{\"images\": [\"%s\", %s]}"
                .formatted(
                        Base64.getEncoder().encodeToString(Images.png(pixels)),
                        rows.substring("{\"pixels\": ".length(), rows.length() - 1));

        JsonNode predictions = JSON.readTree(service.post("/v1/predictions/batch", "application/json", body.getBytes())
                        .body())
                .get("predictions");

        assertThat(predictions).hasSize(2);
        assertThat(predictions.get(0)).isEqualTo(predictions.get(1));
        assertThat(predictions.get(0).toString())
                .isEqualTo(JSON.readTree(TestModel.answer(pixels)).toString());
    }

    @Test
    void fileThatIsNoneIsNamedByItsPlace() {
        HttpResponse<String> response =
                service.post("/v1/predictions/batch", "application/json", "{\"images\": [\"AAEC\"]}".getBytes());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(response.body()).get("detail").asString()).startsWith("images[0]: ");
    }

    @Test
    void everyImageOfAJsonListIsAnsweredInItsPlace() {
        assertAnswer(postJson(json(pixels(5, 64))), pixels(5, 64));
    }

    @ParameterizedTest
    @CsvSource({"6, 1", "32, 64"})
    void manyClientsGetTheAnswersToTheirOwnImages(int count, int least) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(count);
        try {
            List<Callable<Void>> requests = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                List<byte[]> pixels = pixels(7 * i, Math.min(64, least + i % 10));
                requests.add(() -> {
                    assertAnswer(postJson(json(pixels)), pixels);
                    return null;
                });
            }
            for (Future<Void> request : clients.invokeAll(requests)) {
                request.get();
            }
        } finally {
            clients.shutdown();
        }
    }

    @Test
    void oneBadImageRefusesTheRequestAndIsNamed() {
        byte[] good = Images.png(TestModel.pixels(1));
        byte[] bad = good.clone();
        bad[40] ^= 1;

        assertProblem(
                postForm(good, good, bad, good),
                400,
                "image[2]: the PNG image is damaged or incomplete: send it again, whole");
    }

    @Test
    void moreImagesThanAllowedAreRefused() {
        byte[] image = Images.png(TestModel.pixels(1));

        assertProblem(
                postForm(Collections.nCopies(65, image).toArray(byte[][]::new)),
                413,
                "the form has more than 64 parts: send the others in another");
        assertProblem(postJson(json(pixels(0, 65))), 413, "a request may have 64 images: send the others in another");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"images\": []} | 422 | images is empty: send {\"images\": [[[…], …], …]} or {\"images\": [\"a file in Base64\", …]}",
                "{\"images\": 7} | 422 | images must be a list of images, got 7",
                "{\"pixels\": [[1]]} | 422 | the body has an unknown member besides images: send {\"images\": [[[…], …], …]} or {\"images\": [\"a file in Base64\", …]}",
                "{} | 422 | the body has no images: send {\"images\": [[[…], …], …]} or {\"images\": [\"a file in Base64\", …]}",
                "{\"images\": [[[1]]]} | 422 | images[0] must be 28×28 (rows × columns), got 1×1: scale it, or send an image file, which is scaled here",
                "{\"images\": [[[256]]]} | 422 | images[0][0][0] must be an integer from 0 to 255, got 256",
                "{\"images\": [[[1 | 400 | the body is not valid JSON at line 1, column 16: send {\"images\": [[[…], …], …]} or {\"images\": [\"a file in Base64\", …]}"
            })
    void bodyThatIsNoListOfImagesIsRefused(String body, int status, String detail) {
        assertProblem(postJson(body), status, detail);
    }

    @Test
    void laterImageIsNamedToo() {
        String second = json(pixels(0, 1)).replace("]]]}", "]], [[1, 2]]]}");

        assertProblem(
                postJson(second),
                422,
                "images[1] must be 28×28 (rows × columns), got 1×2: scale it, or send an image file, which is scaled here");
    }

    @Test
    void formWithoutImagesIsRefused() {
        HttpResponse<String> response =
                service.post("/v1/predictions/batch", TestService.FORM, TestService.form("picture", new byte[] {1}));

        assertProblem(response, 422, "the form has no part named image: send the image as that part");
    }

    private static List<byte[]> pixels(int first, int images) {
        return IntStream.range(first, first + images)
                .mapToObj(TestModel::pixels)
                .toList();
    }

    private static String json(List<byte[]> images) {
        return images.stream()
                .map(TestModel::json)
                .map(one -> one.substring("{\"pixels\": ".length(), one.length() - 1))
                .collect(Collectors.joining(", ", "{\"images\": [", "]}"));
    }

    private static HttpResponse<String> postForm(byte[]... files) {
        return service.post("/v1/predictions/batch", TestService.FORM, TestService.form("image", files));
    }

    private static HttpResponse<String> postJson(String json) {
        return service.post("/v1/predictions/batch", "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** The predictions as any JSON writer would write them, to the digit, and the model. */
    private static void assertAnswer(HttpResponse<String> response, List<byte[]> images) {
        Manifest manifest = TestModel.checkpoint().manifest();
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"predictions\":%s,\"model\":{\"name\":\"%s\",\"version\":\"%s\"}}"
                        .formatted(
                                images.stream()
                                        .map(TestModel::answer)
                                        .toList()
                                        .toString()
                                        .replace("}, {", "},{"),
                                manifest.name(),
                                manifest.version()));
    }

    private static void assertProblem(HttpResponse<String> response, int status, String detail) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        JsonNode problem = JSON.readTree(response.body());
        assertThat(problem.get("detail").asString()).isEqualTo(detail);
    }
}
