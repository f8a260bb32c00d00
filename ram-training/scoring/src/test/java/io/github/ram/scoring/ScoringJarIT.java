package io.github.ram.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed jar, as the document says to use it. */
class ScoringJarIT {

    private static final Path ROOT = Path.of("..", "..");

    @TempDir
    Path directory;

    private Process start(String command, File printed) throws IOException {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        return new ProcessBuilder(words)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed)
                .start();
    }

    private String run(String command) throws Exception {
        File printed = directory.resolve("printed.txt").toFile();
        int exit = start(command, printed).waitFor();
        String text = Files.readString(printed.toPath());
        assertEquals(0, exit, text);
        return text;
    }

    private static String documented() throws IOException {
        Matcher command = Pattern.compile("(?m)^java -jar ram-training/target/ram-scoring\\.jar .*$")
                .matcher(Files.readString(ROOT.resolve("docs/scoring.md")));
        assertTrue(command.find());
        return command.group();
    }

    @Test
    void theFirstCommandOfTheDocumentScoresItsPicture() throws Exception {
        Path scores = directory.resolve("scores");

        String printed = run(documented().replace("--output scores", "--output " + scores));

        List<String> lines = new ArrayList<>(printed.lines().toList());
        assertTrue(lines.remove(lines.size() - 1).startsWith(scores + ": 1 pictures in "), printed);
        for (String line : lines) { // nothing of Spark's log, but progress where a picture takes seconds
            assertTrue(line.matches("[\\d,]+ pictures, [\\d,]+/s, \\d+ of \\d+ tasks"), printed);
        }
        try (Spark spark = new Spark()) {
            Row row = spark.parquet(scores).head();
            assertEquals("7", row.getAs("label"));
            assertEquals(1, spark.parquet(scores).count());
        }
    }

    @Test
    void aRunThatIsKilledLeavesNoOutputAndTheNextRunStartsClean() throws Exception {
        Path pictures = Files.createDirectory(directory.resolve("pictures"));
        byte[] seven = Files.readAllBytes(Digits.FILE);
        for (int i = 0; i < 2000; i++) {
            Files.write(pictures.resolve(i + ".png"), seven);
        }
        Path scores = directory.resolve("scores");
        String command = documented()
                .replace("--input docs/seven.png", "--input " + pictures)
                .replace("--output scores", "--output " + scores);

        Process process = start(command, directory.resolve("killed.txt").toFile());
        try {
            while (process.isAlive() && unfinished().isEmpty()) {
                Thread.onSpinWait();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }

        assertEquals(1, unfinished().size(), Files.readString(directory.resolve("killed.txt")));
        assertFalse(Files.exists(scores));

        run(command);
        assertEquals(List.of(), unfinished());
        try (Spark spark = new Spark()) {
            assertEquals(2000, spark.parquet(scores).select("path").distinct().count());
            assertEquals(2000, spark.parquet(scores).where("label = '7'").count());
        }
    }

    private List<Path> unfinished() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".tmp")).toList();
        }
    }
}
