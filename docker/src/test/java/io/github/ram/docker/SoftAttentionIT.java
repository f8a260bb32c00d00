package io.github.ram.docker;

import static io.github.ram.docker.Docker.docker;
import static io.github.ram.helm.Command.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Small residual networks from training to service, each step in a container of the images. */
@NeedsImages
class SoftAttentionIT {

    private static final int SIDE = 8;
    private static final String PICTURE = "/picture.png";
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @TempDir
    Path directory;

    private String volume;

    @BeforeEach
    void createVolume() throws IOException {
        volume = docker("volume", "create").strip();
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < SIDE * SIDE; i++) {
            picture.setRGB(i % SIDE, i / SIDE, colour(i));
        }
        ImageIO.write(picture, "png", picture().toFile());
    }

    @AfterEach
    void removeVolume() {
        docker("volume", "rm", volume);
    }

    private Path picture() {
        return directory.resolve("picture.png");
    }

    /** Red grows to the right, green downwards. */
    private static int colour(int i) {
        return i % SIDE * 30 << 16 | i / SIDE * 30 << 8 | 90;
    }

    @ParameterizedTest
    @ValueSource(strings = {"--attention nam", "--non-local embedded-gaussian"})
    void aNetworkThatWasKilledAndResumedIsExportedAndServed(String attention) throws Exception {
        String model = "--model resnet20 --width 2 --image-size 8 " + attention + " --mean 0.5 --deviation 0.25";
        String train = "train --dataset shapes " + model + " --threads 1 --batch-size 900 --epochs 3 --out ";
        String whole = start(train + "whole");
        String killed = start(train + "killed");
        await().atMost(PATIENCE).until(() -> docker("logs", killed).contains("epoch   1 "));
        docker("kill", "--signal=KILL", killed);
        assertThat(docker("wait", killed).strip()).isEqualTo("137");
        String resumed = start("train --resume --out killed");
        assertThat(docker("wait", whole, resumed)).isEqualTo("0\n0\n");

        String answer = shell("ram-training export --checkpoint killed/last.ram --onnx model.onnx"
                + " && ram-training export --checkpoint killed/last.ram --npz model.npz"
                + " && ram-training import --npz model.npz --layout paddle --dataset shapes --out imported.ram " + model
                + " && ram-training predict --json --checkpoint killed/last.ram " + PICTURE
                + " && ram-training predict --json --checkpoint imported.ram " + PICTURE);
        List<String> predictions =
                answer.lines().filter(line -> line.startsWith("{")).toList();
        docker("cp", resumed + ":/runs/.", directory.toString());
        List.of(whole, killed, resumed).forEach(container -> docker("rm", container));

        for (String state : List.of("training/weights.bin", "training/adam.bin")) {
            assertThat(entry("killed/last.ram", state)).isEqualTo(entry("whole/last.ram", state));
        }
        assertThat(predictions).hasSize(2);
        assertThat(predictions.get(1)).isEqualTo(predictions.get(0));
        JsonNode predicted = JsonMapper.shared()
                .readTree(predictions.get(0))
                .get("predictions")
                .get(0);
        assertThat(predicted.at("/preprocessing/applied").asString()).isEqualTo("crop");
        assertOnnxAnswers(predicted.get("probabilities"));
        try (ServiceContainer service = new ServiceContainer()
                .withVolume(volume, "/runs")
                .withEnv("RAM_DEADLINE", "5m") // however busy the machine is
                .withEnv("RAM_CHECKPOINT", "/runs/killed/last.ram")) {
            service.start();
            assertThat(service.post(Files.readAllBytes(picture())).body())
                    .startsWith(predictions
                            .get(0)
                            .replaceFirst("^\\{\"predictions\":\\[", "")
                            .replaceFirst("}]}$", ",\"model\":{\"name\":\"resnet-shapes\""));
        }
    }

    private byte[] entry(String checkpoint, String name) throws IOException {
        try (ZipFile file = new ZipFile(directory.resolve(checkpoint).toFile())) {
            return file.getInputStream(file.getEntry(name)).readAllBytes();
        }
    }

    /** Runs the exported graph, which takes pixels in [0, 1] and normalises them. */
    private void assertOnnxAnswers(JsonNode expected) throws OrtException {
        float[][][][] image = new float[1][SIDE][SIDE][3];
        for (int i = 0; i < SIDE * SIDE; i++) {
            for (int c = 0; c < 3; c++) {
                image[0][i / SIDE][i % SIDE][c] = (colour(i) >> 8 * (2 - c) & 0xFF) / 255f;
            }
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(
                        directory.resolve("model.onnx").toString());
                OnnxTensor images = OnnxTensor.createTensor(environment, image);
                OrtSession.Result result = session.run(Map.of("images", images))) {
            float[] probabilities =
                    ((float[][]) result.get("probabilities").orElseThrow().getValue())[0];
            assertThat(probabilities).hasSize(6);
            for (int c = 0; c < probabilities.length; c++) {
                assertThat(probabilities[c]).isCloseTo(expected.get(c).floatValue(), within(1e-5f));
            }
        }
    }

    /** Starts the command line in the background, and returns the container. */
    private String start(String arguments) {
        List<String> words = with(List.of(run("--detach")), Images.training().asCanonicalNameString());
        return docker(with(words, arguments.split(" ")).toArray(String[]::new)).strip();
    }

    /** Returns what a script prints in the image of the command line. */
    private String shell(String script) {
        List<String> words = with(
                List.of(run("--rm", "--entrypoint=bash", "--volume=" + picture() + ":" + PICTURE + ":ro")),
                Images.training().asCanonicalNameString(),
                "-c",
                script);
        return docker(words.toArray(String[]::new));
    }

    private String[] run(String... options) {
        List<String> words = List.of("run", "--read-only", "--cap-drop=ALL", "--volume=" + volume + ":/runs");
        return with(words, options).toArray(String[]::new);
    }
}
