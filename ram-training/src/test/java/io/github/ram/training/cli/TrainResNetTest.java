package io.github.ram.training.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.checkpoint.Checkpoint;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Residual networks with soft attention, by the same commands as RAM. */
class TrainResNetTest {

    @TempDir
    Path folder;

    /** Black pictures of twelve classes. */
    private Path blacks() throws IOException {
        for (int label = 0; label < 12; label++) {
            for (String picture : List.of("train/c%d/1.png", "train/c%d/2.png", "val/c%d/1.png")) {
                BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
                Path file = folder.resolve("blacks").resolve(picture.formatted(label));
                Files.createDirectories(file.getParent());
                ImageIO.write(image, "png", file.toFile());
            }
        }
        return folder.resolve("blacks");
    }

    @Test
    void aRunOfMoreThanTenClassesRecordsItsTop5Error() throws IOException {
        Path run = folder.resolve("run");
        String data = blacks().toString();
        Console trained = Console.run(("train --dataset folder --image-size 4 --channels 1 --model resnet20 --width 1"
                        + " --epochs 1 --threads 1 --data " + data + " --out " + run)
                .split(" "));
        Console evaluated = Console.run(
                ("evaluate --split validation --json --data " + data + " --checkpoint " + run.resolve("last.ram"))
                        .split(" "));

        assertEquals(0, trained.exit(), trained.toString());
        assertEquals(0, evaluated.exit(), evaluated.toString());
        List<String> rows = Files.readAllLines(run.resolve("metrics.csv"));
        List<String> columns = List.of(rows.get(0).split(","));
        int at = columns.indexOf("validationTop5ErrorPercent");
        assertEquals(columns.indexOf("validationErrorPercent") + 1, at, rows.get(0));
        // All pictures are equal, so one class of twelve is right, and five are among the likeliest.
        assertEquals("91.6667", rows.get(1).split(",")[at - 1]);
        assertEquals("58.3333", rows.get(1).split(",")[at]);
        assertEquals(700 / 12.0, evaluated.json().get("top5ErrorPercent").asDouble(), 1e-9);
        String report = Files.readString(run.resolve("report.html"));
        assertTrue(report.contains("<b>58.33 %</b><span>top-5 error on the validation images, best epoch</span>"));
        assertTrue(report.contains("validation, top-5"));
    }

    private Console train(String name, String epochs, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--dataset",
                "strokes",
                "--model",
                "resnet20",
                "--width",
                "2",
                "--stem",
                "large",
                "--attention",
                "nam",
                "--non-local",
                "dot-product",
                "--optimizer",
                "sgd",
                "--learning-rate",
                "0.1",
                "--weight-decay",
                "0.0005",
                "--threads",
                "2",
                "--batch-size",
                "256",
                "--milestones",
                "5"));
        arguments.addAll(List.of("--out", folder.resolve(name).toString(), "--epochs", epochs, "--json"));
        arguments.addAll(List.of(more));
        return Console.run(arguments.toArray(String[]::new));
    }

    @Test
    void aNetworkWithAttentionLearnsResumesAndIsEvaluated() {
        Console whole = train("whole", "2");
        Console first = train("broken", "1");
        Console rest = Console.run(
                "train", "--resume", "--out", folder.resolve("broken").toString(), "--epochs", "2");
        Console evaluated = Console.run(
                "evaluate",
                "--split",
                "validation",
                "--json",
                "--checkpoint",
                folder.resolve("whole/best.ram").toString());

        assertEquals(0, whole.exit(), whole.toString());
        assertEquals(0, first.exit(), first.toString());
        assertEquals(0, rest.exit(), rest.toString());
        Checkpoint unbroken = Checkpoint.load(folder.resolve("whole/last.ram"));
        Checkpoint broken = Checkpoint.load(folder.resolve("broken/last.ram"));
        assertEquals("resnet-strokes", unbroken.manifest().name());
        for (String state : List.of("training/weights.bin", "training/adam.bin")) {
            assertArrayEquals(
                    unbroken.attachments().get(state), broken.attachments().get(state), state);
        }
        assertEquals(unbroken.manifest().graphSha256(), broken.manifest().graphSha256());
        double error = whole.json().get("validationErrorPercent").asDouble();
        assertTrue(error < 80, "a guess has 90 %, this has " + error);
        assertEquals(error, evaluated.json().get("errorPercent").asDouble(), 1e-9);
    }
}
