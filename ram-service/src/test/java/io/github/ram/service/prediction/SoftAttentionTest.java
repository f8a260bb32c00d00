package io.github.ram.service.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ram.model.Classifier;
import io.github.ram.model.Prediction;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.service.fixture.Browser;
import io.github.ram.service.fixture.TestModel;
import io.github.ram.service.fixture.TestService;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Residual networks with soft attention, served as RAM is. */
class SoftAttentionTest {

    private static final int SIDE = 16;

    @TempDir
    Path directory;

    private static JsonNode json(String body) {
        return JsonMapper.shared().readTree(body);
    }

    private static byte[] picture() throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                image.setRGB(x, y, x * 16 << 16 | y * 16 << 8 | (x * y) % 256);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    private static Prediction expected(Checkpoint checkpoint) {
        byte[] pixels = new byte[SIDE * SIDE * 3];
        for (int i = 0; i < SIDE * SIDE; i++) {
            int x = i % SIDE;
            int y = i / SIDE;
            pixels[3 * i] = (byte) (x * 16);
            pixels[3 * i + 1] = (byte) (y * 16);
            pixels[3 * i + 2] = (byte) (x * y);
        }
        try (Classifier classifier = checkpoint.classifier()) {
            return classifier.predict(checkpoint.model().query(pixels, 1));
        }
    }

    @Test
    void aColourPictureGetsAllProbabilitiesAndNoGlimpses() throws IOException {
        Checkpoint checkpoint = TestModel.softAttention(4);
        try (TestService service = TestService.start(checkpoint, directory)) {
            JsonNode answer = json(service.post("image/png", picture()).body());
            Prediction expected = expected(checkpoint);

            assertThat(answer.get("class").intValue()).isEqualTo(expected.classIndex());
            assertThat(answer.get("label").asString()).isEqualTo("c" + expected.classIndex());
            assertThat(answer.get("probabilities").size()).isEqualTo(4);
            assertThat(answer.get("probabilities").get(0).floatValue())
                    .isCloseTo(expected.probabilities().get(0), within(1e-6f));
            assertThat(answer.has("glimpses")).isFalse();
            assertThat(answer.has("attention")).isFalse();
            assertThat(answer.has("top")).isFalse();
            assertThat(service.metric("ram_predictions_total{class=\"c" + expected.classIndex() + "\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void theMiddleOfAPhotographIsRead() throws IOException {
        BufferedImage photograph = new BufferedImage(50, 32, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 32; y++) {
            for (int x = 9; x < 41; x++) { // black on the left and on the right
                photograph.setRGB(x, y, 0x203040 + x % 2 * 0x020202 + y % 2 * 0x040404); // 3 more in the mean
            }
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(photograph, "png", file);
        try (TestService service = TestService.start(TestModel.softAttention(4), directory)) {
            JsonNode answer = json(service.post("/v1/predictions?explain=true", "image/png", file.toByteArray())
                    .body());
            HttpResponse<String> refused =
                    service.post("/v1/predictions?preprocess=mnist", "image/png", file.toByteArray());

            assertThat(answer.get("preprocessing").toString())
                    .isEqualTo("{\"applied\":\"crop\",\"picture\":{\"width\":50,\"height\":32},\"orientation\":1,"
                            + "\"area\":{\"left\":9.0,\"top\":0.0,\"width\":32.0,\"height\":32.0}}");
            assertThat(answer.get("input").size()).isEqualTo(16);
            for (JsonNode row : answer.get("input")) {
                assertThat(row.size()).isEqualTo(16);
                assertThat(row).allSatisfy(pixel -> assertThat(pixel.toString()).isEqualTo("[35,51,67]"));
            }
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(json(refused.body()).get("detail").asString())
                    .isEqualTo("preprocess mnist finds the ink of a digit, and the model is one of pictures:"
                            + " choose auto, crop or none");
        }
    }

    @Test
    void anExplanationHasTheMapsOfTheAttention() throws IOException {
        try (TestService service = TestService.start(TestModel.softAttention(4), directory)) {
            JsonNode attention = json(service.post("/v1/predictions?explain=true", "image/png", picture())
                            .body())
                    .get("attention");

            assertThat(attention
                            .valueStream()
                            .map(map -> map.get("layer").asString())
                            .toList())
                    .contains("layer2.nonlocal");
            for (JsonNode map : attention) {
                assertThat(map.get("weights").size())
                        .isEqualTo(
                                map.get("height").intValue() * map.get("width").intValue());
            }
            // Of eight channels, whose scales are all 1 in an untrained model
            assertThat(attention.get(0).has("channels")).isFalse();
            assertThat(attention.get(1).get("layer").asString()).isEqualTo("layer3.2.nam.Channel_Att.bn2");
            assertThat(attention.get(1).get("channels").toString())
                    .isEqualTo("[0.125,0.125,0.125,0.125,0.125,0.125,0.125,0.125]");
        }
    }

    @Test
    void thePageShowsTheMapsOverThePicture() throws IOException {
        try (TestService service = TestService.start(TestModel.softAttention(12), directory);
                Browser browser = Browser.at(service)) {
            browser.open("/");
            browser.until("return document.title === 'Soft attention'");
            assertThat(browser.find("#samples").isDisplayed()).isFalse();

            browser.drop("#sheet", "picture.png", "image/png", picture());

            browser.await("#answer[data-state='answered']");
            assertThat(browser.find("#attention").isDisplayed()).isTrue();
            assertThat(browser.findAll("#maps span"))
                    .extracting(WebElement::getText)
                    .containsExactly("layer2.nonlocal, 8×8 positions", "layer3.2.nam.Channel_Att.bn2, 4×4 positions");
            assertThat(browser.findAll("#bars li")).hasSize(5);
            assertThat(browser.find("#done").getText())
                    .isEqualTo("The picture of 16×16 pixels was scaled, and its middle was read.");
            assertThat(browser.find("#play").isDisplayed()).isFalse();
            JsonNode map = json(service.post("/v1/predictions?explain=true", "image/png", picture())
                            .body())
                    .get("attention")
                    .get(1)
                    .get("weights");
            // Where the map is largest, its colour is the ramp's last one: half of it lies on the picture.
            int at = IntStream.range(0, 16)
                    .boxed()
                    .max(Comparator.comparing(i -> map.get(i).floatValue()))
                    .orElseThrow();
            int x = at % 4 * 4;
            int y = at / 4 * 4;
            assertThat(browser.run("""
                            return [...document.querySelectorAll('#maps canvas')[1].getContext('2d')
                                .getImageData(arguments[0], arguments[1], 1, 1).data].join()
                            """, x, y))
                    .isEqualTo(Stream.of(x * 16 + 0xFF, y * 16 + 0xF0, x * y + 0xA0)
                            .map(sum -> Long.toString((long) Math.rint(sum / 2.0)))
                            .collect(Collectors.joining(",", "", ",255")));
            browser.shoot("soft-attention");
            assertThat(browser.console()).isEmpty();
        }
    }

    @Test
    void thePngShowsThePictureUnderEachMap() throws IOException {
        try (TestService service = TestService.start(TestModel.softAttention(4), directory)) {
            BufferedImage plain = png(service, "/v1/predictions");
            BufferedImage maps = png(service, "/v1/predictions?explain=true");

            // 16 pixels of 25 each; two maps, of the non-local block and of NAM, with 16 between them
            assertThat(plain.getWidth()).isEqualTo(400);
            assertThat(maps.getWidth()).isEqualTo(816);
            assertThat(maps.getHeight()).isEqualTo(400);
            assertThat(maps.getRGB(408, 200)).isEqualTo(0xFF20242E);
            // The first pixel is black: half of a colour of the ramp is all that is left.
            assertThat(plain.getRGB(0, 0)).isEqualTo(0xFF000000);
            assertThat(maps.getRGB(0, 0)).isNotEqualTo(0xFF000000);
        }
    }

    private BufferedImage png(TestService service, String path) throws IOException {
        HttpResponse<byte[]> response = service.send(
                service.request(path)
                        .header("Content-Type", "image/png")
                        .header("Accept", "image/png")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(picture())),
                HttpResponse.BodyHandlers.ofByteArray());
        return ImageIO.read(new ByteArrayInputStream(response.body()));
    }

    @Test
    void severalRolloutsAreMalformedForAModelWithoutRollouts() throws IOException {
        try (TestService service = TestService.start(TestModel.softAttention(4), directory)) {
            HttpResponse<String> refused = service.post("/v1/predictions?rollouts=2", "image/png", picture());

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(json(refused.body()).get("detail").asString())
                    .isEqualTo("the model resnet-test sees the whole picture at once and has no rollouts:"
                            + " leave rollouts out, got 2");
            assertThat(service.post("/v1/predictions?rollouts=1", "image/png", picture())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void theOpenInferenceProtocolDescribesAndRunsTheModelsOwnTensors() {
        String values = IntStream.range(0, SIDE * SIDE * 3)
                .mapToObj(i -> Integer.toString(i % 251))
                .collect(Collectors.joining(","));
        String request = "{\"parameters\": {\"rollouts\": %d}, \"inputs\": [{\"name\": \"image\","
                + " \"datatype\": \"UINT8\", \"shape\": [1, 16, 16, 3], \"data\": [" + values + "]}]}";
        try (TestService service = TestService.start(TestModel.softAttention(4), directory)) {
            JsonNode described = json(service.get("/v2/models/ram").body());
            JsonNode outputs = json(infer(service, request.formatted(1)).body()).get("outputs");
            HttpResponse<String> refused = infer(service, request.formatted(2));

            assertThat(described.get("platform").asString()).isEqualTo("onnxruntime_onnx");
            assertThat(described.get("inputs").get(0).get("shape").toString()).isEqualTo("[-1,16,16,3]");
            assertThat(described
                            .get("outputs")
                            .valueStream()
                            .map(output -> output.get("name").asString() + output.get("shape"))
                            .toList())
                    .containsExactly("probabilities[-1,4]", "class[-1]");
            assertThat(outputs.valueStream()
                            .map(output -> output.get("name").asString() + output.get("shape"))
                            .toList())
                    .containsExactly("probabilities[1,4]", "class[1]");
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(json(refused.body()).get("error").asString()).contains("parameters.rollouts");
        }
    }

    private static HttpResponse<String> infer(TestService service, String request) {
        return service.post("/v2/models/ram/infer", "application/json", request.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void ofManyClassesTheFiveLikeliestAreNamedAndOnlyAHundredAreCountedApart() throws IOException {
        Checkpoint checkpoint = TestModel.softAttention(120);
        try (TestService service = TestService.start(checkpoint, directory)) {
            JsonNode answer = json(service.post("image/png", picture()).body());
            List<Float> probabilities = expected(checkpoint).probabilities();

            assertThat(answer.has("probabilities")).isFalse();
            assertThat(answer.get("top").size()).isEqualTo(5);
            assertThat(answer.get("top").get(0).get("class").intValue())
                    .isEqualTo(answer.get("class").intValue());
            float previous = 1;
            for (JsonNode likely : answer.get("top")) {
                int index = likely.get("class").intValue();
                assertThat(likely.get("label").asString()).isEqualTo("c" + index);
                assertThat(likely.get("probability").floatValue())
                        .isCloseTo(probabilities.get(index), within(1e-6f))
                        .isLessThanOrEqualTo(previous);
                previous = likely.get("probability").floatValue();
            }
            String metrics = service.getManagement("/actuator/prometheus").body();
            assertThat(metrics.lines().filter(line -> line.startsWith("ram_predictions_total{class=")))
                    .hasSizeBetween(100, 101);
        }
    }
}
