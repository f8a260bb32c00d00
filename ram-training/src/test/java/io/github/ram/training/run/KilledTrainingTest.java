package io.github.ram.training.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Training in a separate process that receives signals. */
class KilledTrainingTest {

    private static final int EPOCHS = 12;

    @TempDir
    private static Path whole;

    @TempDir
    Path broken;

    @BeforeAll
    static void trainUnbroken() {
        SmallRun.train(whole, SmallRun.config(SmallRun.LEARNED, 2), EPOCHS);
    }

    /** Trains on to the end and compares what came of it. */
    private void assertEndsLikeTheUnbrokenOne() throws IOException {
        SmallRun.train(broken, SmallRun.config(SmallRun.LEARNED, 2), EPOCHS);
        assertEquals(Saved.in(whole), Saved.in(broken));
        try (Stream<Path> files = Files.list(broken)) {
            assertEquals(
                    List.of(".lock", "best.ram", "last.ram", "metrics.csv"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void aRunThatIsKilledAgainAndAgainEndsLikeAnUnbrokenOne() throws IOException, InterruptedException {
        Random moments = new Random(); // any moment must do
        int killed = 0;
        for (int epochs : List.of(0, 1, 3)) { // 4 of 12, and what it may do before the signal arrives
            Process process = start();
            try (BufferedReader lines = process.inputReader()) {
                await(lines, epochs);
                killed += process.waitFor(moments.nextInt(150), TimeUnit.MILLISECONDS) ? 0 : 1;
            } finally {
                process.destroyForcibly().waitFor();
            }
        }

        assertTrue(killed >= 2, "at least two processes must have been killed at work, not " + killed);
        assertEndsLikeTheUnbrokenOne();
    }

    @Test
    void aRunThatIsKilledWhileItWritesACheckpointEndsLikeAnUnbrokenOne() throws IOException, InterruptedException {
        boolean cut = false;
        for (int attempt = 0; attempt < 40 && !cut; attempt++) {
            Process process = start();
            try {
                while (process.isAlive() && leftovers().isEmpty()) {
                    Thread.onSpinWait();
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
            cut = !leftovers().isEmpty(); // else it was done with the file before the signal arrived
        }

        assertTrue(cut, "a process must have been killed while it wrote");
        assertEndsLikeTheUnbrokenOne();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals")
    void aRunThatIsToldToStopSavesTheStepThatItIsInAndEndsWithTheSignalsCode() throws Exception {
        int stopped = 0;
        for (String signal : List.of("TERM", "INT")) {
            Process process = start();
            try (BufferedReader lines = process.inputReader()) {
                await(lines, 1);
                new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .start()
                        .waitFor();
                int exit = process.waitFor();
                stopped += exit == 0 ? 0 : 1; // or it was over already
                assertTrue(exit == 0 || exit == (signal.equals("TERM") ? 143 : 130), "exit " + exit);
                assertEquals(List.of(), leftovers());
            } finally {
                process.destroyForcibly().waitFor();
            }
        }

        assertTrue(stopped >= 1, "at least one process must have been stopped at work");
        assertEndsLikeTheUnbrokenOne();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no limit on the size of files")
    void aCheckpointForWhichThereIsNoRoomLeavesTheOneBeforeIt() throws IOException, InterruptedException {
        SmallRun.train(broken, SmallRun.config(SmallRun.LEARNED, 2), 3);
        byte[] last = Files.readAllBytes(broken.resolve("last.ram"));
        byte[] best = Files.readAllBytes(broken.resolve("best.ram"));

        List<String> limited = new ArrayList<>(List.of("sh", "-c", "ulimit -f 8; exec \"$@\"", "sh"));
        limited.addAll(command());
        Process process = new ProcessBuilder(limited).start();
        int exit = process.waitFor();
        String complaint;
        try (BufferedReader lines = process.errorReader()) {
            complaint = lines.lines()
                    .filter(line -> line.startsWith("error: "))
                    .findFirst()
                    .orElse("");
        }

        assertEquals(1, exit);
        assertTrue(complaint.startsWith("error: the run could not be saved: " + broken), complaint);
        assertTrue(complaint.contains(" cannot be written: "), complaint);
        assertArrayEquals(last, Files.readAllBytes(broken.resolve("last.ram")));
        assertArrayEquals(best, Files.readAllBytes(broken.resolve("best.ram")));
        assertEquals(List.of(), leftovers());
        assertEndsLikeTheUnbrokenOne();
    }

    /** Waits until the process has printed the given number of epochs. */
    private static void await(BufferedReader lines, int epochs) throws IOException {
        for (int epoch = 0; epoch < epochs && lines.readLine() != null; epoch++) {
            // each line is an epoch that was saved
        }
    }

    /** Checkpoints that are being written, or were when their process died. */
    private List<Path> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(broken)) {
            return files.filter(file -> file.toString().endsWith(".tmp")).toList();
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(command())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // it does not live long
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData", // a file that is larger than a small limit
                "-cp",
                System.getProperty("java.class.path"),
                SmallRun.class.getName(),
                broken.toString(),
                "LEARNED",
                Integer.toString(EPOCHS));
    }
}
