package io.github.ram.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training in a process of its own, which is killed (SIGKILL on Linux) in the middle of what it does. */
class KilledTrainingTest {

    private static final int EPOCHS = 16;

    @TempDir
    Path directory;

    @Test
    void aRunThatIsKilledAgainAndAgainEndsLikeAnUnbrokenOne() throws IOException, InterruptedException {
        Path whole = directory.resolve("whole");
        Path broken = directory.resolve("broken");
        SmallRun.train(whole, SmallRun.config(SmallRun.LEARNED, 2), EPOCHS);

        Random moments = new Random(); // any moment must do
        int killed = 0;
        for (int epochs : List.of(1, 2, 4)) { // 7 of 16, and what it may do before the signal arrives
            killed += killedAfter(epochs, moments.nextInt(150), broken) ? 1 : 0;
        }
        SmallRun.train(broken, SmallRun.config(SmallRun.LEARNED, 2), EPOCHS);

        assertTrue(killed >= 2, "at least two processes must have been killed at work, not " + killed);
        assertEquals(Saved.in(whole), Saved.in(broken));
        try (Stream<Path> files = Files.list(broken)) {
            assertEquals(
                    List.of("best.ram", "last.ram", "metrics.csv"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    /** Trains on until it has told of some more epochs, and a little further. */
    private static boolean killedAfter(int epochs, int milliseconds, Path folder)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1", // it does not live long
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallRun.class.getName(),
                        folder.toString(),
                        "LEARNED",
                        Integer.toString(EPOCHS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            for (int epoch = 0; epoch < epochs && lines.readLine() != null; epoch++) {
                // each line is an epoch that was saved
            }
            return !process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
