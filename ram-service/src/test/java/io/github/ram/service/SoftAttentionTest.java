package io.github.ram.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ram.model.Classifier;
import io.github.ram.model.Prediction;
import io.github.ram.model.checkpoint.Checkpoint;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        }
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
