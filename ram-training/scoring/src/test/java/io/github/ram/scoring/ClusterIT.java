package io.github.ram.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ram-scoring-spark.jar} on a Spark master and two workers, each a process. */
class ClusterIT {

    private static final int PICTURES = 4000;
    private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://127\\.0\\.0\\.1:\\d+)");
    private static final Pattern REGISTERED = Pattern.compile("Registering worker");

    @TempDir
    Path directory;

    private final Deque<Process> processes = new ArrayDeque<>();
    private SparkDistribution spark;
    private String master;

    /** A condition that a test waits for. */
    private interface Condition {
        boolean holds() throws IOException;
    }

    @BeforeEach
    void startMaster() throws Exception {
        spark = SparkDistribution.required();
        Path log = directory.resolve("master.log");
        start(log, "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0");
        await(() -> MASTER.matcher(Files.readString(log)).find(), log);
        Matcher address = MASTER.matcher(Files.readString(log));
        assertTrue(address.find());
        master = address.group(1);
    }

    @AfterEach
    void stop() throws InterruptedException {
        while (!processes.isEmpty()) {
            kill(processes.removeLast());
        }
    }

    private Process start(Path log, String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = "spark-class";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = spark.start(log, command);
        processes.add(process);
        return process;
    }

    private Process startWorker(String name) throws IOException {
        return start(
                directory.resolve(name + ".log"),
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                "127.0.0.1",
                "--webui-port",
                "0",
                "-c",
                "1",
                "-m",
                "1g",
                "-d",
                directory.resolve(name).toString(),
                master);
    }

    /** Kills a process and those that it started, as a machine that loses power. */
    private static void kill(Process process) throws InterruptedException {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
    }

    private static void await(Condition condition, Path log) throws Exception {
        for (int tries = 0; !condition.holds(); tries++) {
            assertTrue(tries < 3000, Files.readString(log)); // five minutes
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private long committedTasks() throws IOException {
        try (Stream<Path> files = Files.walk(directory, 4)) {
            return files.filter(file -> file.getFileName().toString().startsWith("task_"))
                    .count();
        } catch (java.io.UncheckedIOException e) { // a folder was moved meanwhile
            return 0;
        }
    }

    @Test
    void theOutputIsCompleteAndHasNothingTwiceIfAWorkerIsKilledInTheMiddle() throws Exception {
        Path masterLog = directory.resolve("master.log");
        startWorker("first");
        Process second = startWorker("second");
        await(() -> REGISTERED.matcher(Files.readString(masterLog)).results().count() == 2, masterLog);
        Path pictures = Files.createDirectory(directory.resolve("pictures"));
        for (int i = 0; i < PICTURES; i++) {
            Files.write(pictures.resolve(i + ".png"), i == 7 ? new byte[] {1} : Digits.file());
        }
        Path scores = directory.resolve("scores");
        Path log = directory.resolve("submit.log");

        Process submit = spark.start(
                log,
                "spark-submit",
                "--master",
                master,
                "--conf",
                "spark.sql.files.maxPartitionBytes=1m", // 250 tasks of 16 pictures
                "ram-training/target/ram-scoring-spark.jar",
                "--input",
                pictures.toString(),
                "--output",
                scores.toString());
        processes.add(submit);
        await(() -> committedTasks() >= 10 || !submit.isAlive(), log);
        kill(second);
        assertTrue(submit.isAlive(), "the worker must have been killed at work");
        assertFalse(Files.exists(scores));

        assertEquals(0, submit.waitFor(), () -> text(log));
        assertTrue(text(log).contains(scores + ": 4,000 pictures in "), text(log));
        assertTrue(text(log).contains(", 1 cannot be read"), text(log));
        assertTrue(Files.readString(masterLog).contains("lost"), Files.readString(masterLog));
        try (Spark local = new Spark()) {
            assertEquals(PICTURES, local.parquet(scores).count());
            assertEquals(
                    PICTURES, local.parquet(scores).select("path").distinct().count());
            assertEquals(
                    PICTURES - 1, local.parquet(scores).where("label = '7'").count());
            assertEquals(
                    1,
                    local.parquet(scores)
                            .where("error like 'the file is not a PNG%' and path like '%/7.png'")
                            .count());
        }
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
