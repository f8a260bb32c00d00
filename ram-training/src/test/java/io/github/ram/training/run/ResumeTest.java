package io.github.ram.training.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.training.cli.Console;
import io.github.ram.training.loop.Trainer;
import io.github.ram.training.loop.TrainingConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeTest {

    @TempDir
    private static Path original;

    @TempDir
    Path directory;

    private Path last;

    @BeforeAll
    static void trainOneEpoch() {
        SmallRun.train(original, SmallRun.config(SmallRun.FIXED, 1), 1);
    }

    @BeforeEach
    void copyTheRun() throws IOException {
        last = directory.resolve("last.ram");
        Files.copy(original.resolve("last.ram"), last);
    }

    private Console resume(String... more) {
        List<String> arguments = new ArrayList<>(List.of("train", "--resume", "--out", directory.toString()));
        arguments.addAll(List.of(more));
        return Console.run(arguments.toArray(String[]::new));
    }

    /** What a refused resumption prints, when it left the folder as it was. */
    private String refusal(int exit, String... more) throws IOException {
        byte[] before = Files.exists(last) ? Files.readAllBytes(last) : null;

        Console console = resume(more);

        assertEquals(exit, console.exit(), console.toString());
        assertEquals(List.of(), console.out());
        assertEquals(1, console.err().size(), console.toString());
        assertArrayEquals(before, Files.exists(last) ? Files.readAllBytes(last) : null);
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(
                    before == null ? List.of() : List.of("last.ram"),
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> !name.equals(".lock"))
                            .toList());
        }
        return console.err().get(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--dataset mnist",
                "--batch-size 64",
                "--seed 1",
                "--glimpses 6",
                "--patch-size 8",
                "--scales 1",
                "--scale-factor 2",
                "--core relu",
                "--std 0.1",
                "--start learned",
                "--learning-rate 0.001",
                "--policy-rate 0.3",
                "--step-weight 0",
                "--averaging 0.9",
                "--rollouts 2",
                "--milestones 5",
                "--shift 1",
                "--rotation 5",
                "--stretch 0.1",
                "--shear 0.1",
                "--warp 1",
                "--hidden 128",
                "--patience 30",
                "--threads 2"
            })
    void whatWouldChangeARunIsRefused(String option) throws IOException {
        String name = option.substring(0, option.indexOf(' '));

        assertEquals(
                "error: " + name
                        + " cannot be changed in a resumed run; start a new one; see ram-training train --help",
                refusal(2, option.split(" ")));
    }

    @Test
    void aFolderWithoutARunIsNamed() throws IOException {
        Files.delete(last);

        assertEquals("error: " + directory + " holds no training run: there is no last.ram", refusal(1));
    }

    @Test
    void aCheckpointWithoutTrainingStateIsNamed() throws IOException {
        Checkpoint.load(last).with(Map.of()).save(last);

        assertEquals("error: " + last + " holds a model but no training state to resume", refusal(1));
    }

    @Test
    void aTruncatedCheckpointIsNamed() throws IOException {
        byte[] whole = Files.readAllBytes(last);
        Files.write(last, Arrays.copyOf(whole, whole.length - 100));

        String refusal = refusal(1);

        assertTrue(refusal.startsWith("error: " + last + " is truncated"), refusal);
    }

    @Test
    void aDamagedCheckpointIsNamed() throws IOException {
        byte[] bytes = Files.readAllBytes(last);
        int entry = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("training/adam.bin");
        bytes[entry + 100] ^= 0x10; // in what the entry holds
        Files.write(last, bytes);

        String refusal = refusal(1);

        assertTrue(refusal.startsWith("error: " + last + " is damaged"), refusal);
    }

    /** Replaces an entry of the training state. */
    private void replace(String entry, byte[] content) {
        Checkpoint checkpoint = Checkpoint.load(last);
        Map<String, byte[]> entries = new HashMap<>(checkpoint.attachments());
        entries.put(entry, content);
        checkpoint.with(entries).save(last);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{}", "{\"config\": {\"epochs\": -1}, \"progress\": {}}"})
    void aStateThatCannotBeReadIsNamed(String json) throws IOException {
        replace("training/state.json", json.getBytes(StandardCharsets.UTF_8));

        String refusal = refusal(1);

        assertTrue(refusal.startsWith("error: " + last + " holds a training state that cannot be read: "), refusal);
    }

    @Test
    void anOptimizerOfAnotherModelIsRefused() throws IOException {
        replace("training/adam.bin", new byte[7]);

        String refusal = refusal(1, "--epochs", "2");

        assertTrue(refusal.startsWith("error: the optimizer's state has 7 bytes, this model needs "), refusal);
    }

    @Test
    void weightsOfAnotherModelAreRefused() throws IOException {
        replace("training/weights.bin", new byte[8]);

        String refusal = refusal(1, "--epochs", "2");

        assertTrue(refusal.startsWith("error: the weights of the run have 8 bytes, this model needs "), refusal);
    }

    @Test
    void aFolderThatHoldsARunIsNotTrainedInAnew() throws IOException {
        byte[] before = Files.readAllBytes(last);

        Console console = Console.run("train", "--dataset", "strokes", "--out", directory.toString());

        assertEquals(
                new Console(
                        1,
                        List.of(),
                        List.of("error: " + directory
                                + " already holds a training run: resume it with --resume, or choose another --out")),
                console);
        assertArrayEquals(before, Files.readAllBytes(last));
    }

    @Test
    void aFolderThatIsAFileCannotHoldARun() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        Console console = Console.run("train", "--dataset", "strokes", "--out", file.toString());

        assertEquals(1, console.exit());
        assertEquals(1, console.err().size());
        assertTrue(
                console.err().get(0).startsWith("error: the folder " + file + " cannot be made: "), console.toString());
    }

    @Test
    void theLeftoversOfAKilledProcessAreCleared() throws IOException {
        Path leftover = Files.createFile(directory.resolve("last.ram.123.tmp"));
        Path foreign = Files.createFile(directory.resolve("notes.tmp"));

        TrainingRun.resume(directory, null, false, source -> null).close();

        assertTrue(Files.notExists(leftover));
        assertTrue(Files.exists(foreign));
    }

    @Test
    void dataThatMovedIsLookedForWhereTheUserSays() throws IOException {
        Path old = Files.createDirectory(directory.resolve("old"));
        Path moved = Files.createDirectory(directory.resolve("moved"));
        Path run = directory.resolve("run");
        TrainingConfig config = SmallRun.config(SmallRun.FIXED, 1);
        try (TrainingRun started = TrainingRun.start(run, config, old, "train")) {
            new Trainer(started, SmallRun.TRAINING, SmallRun.VALIDATION, report -> {}, () -> true).train();
        }

        assertEquals(old, data(run, false, moved));
        assertEquals(moved, data(run, true, moved));
        Files.delete(old);
        assertEquals(moved, data(run, false, moved));
    }

    /** Where a resumed run looks for its data. */
    private static Path data(Path folder, boolean given, Path moved) {
        try (TrainingRun run = TrainingRun.resume(folder, null, given, source -> moved)) {
            return run.data();
        }
    }

    @Test
    void aFolderBelongsToOneRunAtATime() {
        String inUse =
                "another run or report is writing in " + directory + ": wait until it ends, or choose another --out";
        TrainingRun run = TrainingRun.resume(directory, null, false, source -> null);
        try (run) {
            Console resumed = resume();
            assertEquals(new Console(1, List.of(), List.of("error: " + inUse)), resumed);
            Console started = Console.run("train", "--dataset", "strokes", "--out", directory.toString());
            assertEquals(new Console(1, List.of(), List.of("error: " + inUse)), started);
        }
        TrainingRun.resume(directory, null, false, source -> null).close();
    }

    @Test
    void aLimitOfNoEpochsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> TrainingRun.resume(directory, 0, false, source -> null));
    }
}
