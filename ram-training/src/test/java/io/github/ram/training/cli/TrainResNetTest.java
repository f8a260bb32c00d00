package io.github.ram.training.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.checkpoint.Checkpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Residual networks with soft attention, by the same commands as RAM. */
class TrainResNetTest {

    @TempDir
    Path folder;

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
