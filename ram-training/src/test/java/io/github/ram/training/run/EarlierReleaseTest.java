package io.github.ram.training.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.Classifier;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.training.cli.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the release that knew one family of models: two runs of the data set "strokes", and the bundled model. */
class EarlierReleaseTest {

    @TempDir
    Path directory;

    private Path last;

    /** Copies a run's {@code last.ram} into the folder. */
    private void copy(String resource) throws IOException {
        last = directory.resolve("last.ram");
        try (InputStream in = EarlierReleaseTest.class.getResourceAsStream(resource)) {
            Files.copy(in, last);
        }
    }

    private Console resume(String... more) {
        String[] arguments = new String[4 + more.length];
        System.arraycopy(new String[] {"train", "--resume", "--out", directory.toString()}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return Console.run(arguments);
    }

    @Test
    void aRunOfTwoEpochsResumesForAThird() throws IOException {
        copy("earlier-release.ram");

        Console console = resume("--epochs", "3");

        assertEquals(0, console.exit(), console.toString());
        assertTrue(console.err().get(0).startsWith("epoch   3  loss "), console.toString());
        assertEquals(
                3,
                Checkpoint.load(directory.resolve("last.ram"))
                        .manifest()
                        .provenance()
                        .epoch());
    }

    @Test
    void aRunThatClippedGradientsIsRefusedInOneLine() throws IOException {
        copy("earlier-release-clipped.ram");
        byte[] before = Files.readAllBytes(last);

        Console console = resume("--epochs", "3");

        assertEquals(
                new Console(
                        1,
                        List.of(),
                        List.of("error: " + last
                                + " holds a training state that cannot be read: it uses --clip, which this release"
                                + " does not have; resume it with the release that started it")),
                console);
        assertArrayEquals(before, Files.readAllBytes(last));
    }

    @Test
    void theModelOfARunStillClassifies() throws IOException {
        copy("earlier-release.ram");
        Checkpoint checkpoint = Checkpoint.load(last);

        try (Classifier classifier = checkpoint.classifier()) {
            var prediction = classifier.predict(checkpoint.model().query(new byte[784], 1));

            assertEquals(10, prediction.probabilities().size());
        }
    }

    @Test
    void theBundledModelStillClassifies() {
        Checkpoint checkpoint = Checkpoint.bundled();

        try (Classifier classifier = checkpoint.classifier()) {
            var prediction = classifier.predict(checkpoint.model().query(new byte[784], 1));

            assertEquals(10, prediction.probabilities().size());
        }
    }
}
