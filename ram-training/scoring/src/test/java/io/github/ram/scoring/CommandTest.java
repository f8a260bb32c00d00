package io.github.ram.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CommandTest {

    @TempDir
    Path directory;

    /** How a command ended and what it printed. */
    private record Ended(int exit, List<String> out, List<String> err) {}

    private static Ended run(Object... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        System.setProperty("spark.master", "local[2]");
        try {
            int exit = Main.run(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
            return new Ended(exit, lines(printed), lines(complained));
        } finally {
            System.clearProperty("spark.master");
            System.setOut(out);
            System.setErr(err);
        }
    }

    private static List<String> lines(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.matches(".* WARN .*|.* pictures, .* tasks"))
                .toList();
    }

    private Path pictures() throws IOException {
        Path folder = Files.createDirectories(directory.resolve("pictures/more"));
        Files.write(folder.resolve("a seven.png"), Digits.file());
        Files.writeString(folder.getParent().resolve("notes.txt"), "no picture");
        return folder.getParent();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void foldersOfPicturesBecomeParquet() throws IOException {
        Path output = directory.resolve("new/scores");

        Ended ended = run("--input", pictures(), "--output", output, "--json");

        assertEquals(0, ended.exit(), ended.toString());
        assertEquals(List.of(), ended.err());
        JsonNode json = JsonMapper.shared().readTree(ended.out().get(ended.out().size() - 1));
        assertEquals(
                List.of("images", "unread", "imagesPerSecond", "model", "output"), List.copyOf(json.propertyNames()));
        assertEquals(2, json.get("images").asInt());
        assertEquals(1, json.get("unread").asInt());
        assertEquals("ram-mnist cd76717f86b6", json.get("model").asString());
        try (Spark spark = new Spark()) {
            List<Row> rows = spark.parquet(output).orderBy("path").collectAsList();
            assertEquals(
                    List.of("path", "class", "label", "confidence", "probabilities", "glimpses", "model", "error"),
                    List.of(rows.get(0).schema().fieldNames()));
            assertEquals(2, rows.size());
            assertEquals("file:" + pictures() + "/more/a seven.png", rows.get(0).getAs("path"));
            assertEquals("7", rows.get(0).getAs("label"));
            assertNull(rows.get(0).getAs("error"));
            assertEquals("file:" + pictures() + "/notes.txt", rows.get(1).getAs("path"));
            assertNull(rows.get(1).getAs("label"));
            assertEquals(
                    "the file is not a PNG, JPEG, BMP, GIF or WebP image: convert it to PNG",
                    rows.get(1).getAs("error"));
        }
        assertEquals(List.of("scores"), names(output.getParent()));
        assertTrue(Files.exists(output.resolve("_SUCCESS")));
    }

    @Test
    void parquetBecomesCsv() throws IOException {
        Path table = directory.resolve("table.parquet");
        try (Spark spark = new Spark()) {
            spark.session()
                    .read()
                    .format("binaryFile")
                    .load(Digits.FILE.toString())
                    .selectExpr("'x' id", "3 label", "content digit")
                    .write()
                    .parquet(table.toString());
        }
        Path output = directory.resolve("scores");

        Ended ended =
                run("--input", table, "--image", "digit", "--partitions", 3, "--format", "csv", "--output", output);

        assertEquals(0, ended.exit(), ended.toString());
        assertTrue(
                ended.out().get(0).matches(output + ": 1 pictures in [0-9.]+ s \\(\\d+/s\\), 0 cannot be read"),
                ended.toString());
        Path file = names(output).stream()
                .filter(name -> name.endsWith(".csv"))
                .map(output::resolve)
                .filter(csv -> csv.toFile().length() > 0)
                .findFirst()
                .orElseThrow();
        List<String> lines = Files.readAllLines(file);
        assertEquals("id,input_label,class,label,confidence,probabilities,glimpses,model,error", lines.get(0));
        assertEquals(2, lines.size());
        assertTrue(
                lines.get(1).matches("x,3,7,7,0\\.9999\\d*,\"\\[.*\\]\",\"\\[\\{.*\\}\\]\",ram-mnist cd76717f86b6,"),
                lines.get(1));
    }

    @Test
    void whatAnInterruptedRunLeftIsDeletedAndAnOutputThatExistsIsKept() throws IOException {
        Path output = directory.resolve("scores");
        Path left = Files.createDirectories(directory.resolve(".scores.local-1.tmp/_temporary"));
        Files.writeString(left.resolve("part-00000"), "half");
        Path pictures = pictures();

        assertEquals(0, run("--input", pictures, "--output", output).exit());
        assertEquals(List.of("pictures", "scores"), names(directory));
        List<String> before = names(output);

        Ended again = run("--input", pictures, "--output", output);
        assertEquals(1, again.exit());
        assertEquals(List.of("error: file:" + output + " exists: give another folder, or delete it"), again.err());
        assertEquals(before, names(output));
    }

    @Test
    void wrongInputIsNamed() throws IOException {
        Path output = directory.resolve("scores");
        Path empty = Files.createDirectories(directory.resolve("empty/_hidden"));
        Files.writeString(empty.resolve("file.png"), "hidden");
        Path table = directory.resolve("table.parquet");
        try (Spark spark = new Spark()) {
            spark.session().range(3).write().parquet(table.toString());
        }

        assertEquals(
                new Ended(1, List.of(), List.of("error: /no/such/folder: there is no such file or folder")),
                run("--input", "/no/such/folder", "--output", output));
        assertEquals(
                new Ended(1, List.of(), List.of("error: " + empty.getParent() + " holds no files")),
                run("--input", empty.getParent(), "--output", output));
        assertEquals(
                new Ended(
                        1,
                        List.of(),
                        List.of("error: " + table + " holds Parquet and " + Digits.FILE
                                + " does not: score them one after the other")),
                run("--input", table, Digits.FILE, "--output", output));
        assertEquals(
                new Ended(1, List.of(), List.of("error: the input has no column image; its columns: [id]")),
                run("--input", table, "--output", output));
        assertEquals(
                new Ended(
                        1,
                        List.of(),
                        List.of("error: the column id must hold pictures (binary), pixels (array of numbers) or paths"
                                + " (string), got bigint")),
                run("--input", table, "--image", "id", "--output", output));
        assertEquals(
                new Ended(
                        1,
                        List.of(),
                        List.of("error: nothing.ram: no such checkpoint; give a file or one of the bundled models: "
                                + io.github.ram.model.checkpoint.BundledModel.names())),
                run("--input", table, "--checkpoint", "nothing.ram", "--output", output));
        assertFalse(Files.exists(output));
    }

    @Test
    void wrongArgumentsAreRejected() {
        assertEquals(
                new Ended(2, List.of(), List.of("error: Missing required option: '--output=DIR'; see --help")),
                run("--input", "x"));
        assertEquals(
                new Ended(2, List.of(), List.of("error: rollouts must be in [1, 1000], got 0; see --help")),
                run("--input", "x", "--output", "y", "--rollouts", 0));
        assertEquals(
                2, run("--input", "x", "--output", "y", "--preprocess", "magic").exit());
        Ended misspelt = run("--output", "y", "--input", "x", "--partition", 2);
        assertEquals(2, misspelt.exit());
        assertTrue(misspelt.err().get(0).startsWith("error: Unknown option: '--partition'"), misspelt::toString);
    }
}
