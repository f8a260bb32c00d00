package io.github.ram.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.training.data.Split;
import io.github.ram.training.data.source.DataSource;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands on a machine whose language has digits other than 0 to 9. */
class LocaleTest {

    private static final byte[] PIXELS = new byte[784];

    @TempDir
    private static Path directory;

    private static Path run;
    private static List<String> trained;

    @BeforeAll
    static void train() throws Exception {
        run = directory.resolve("run");
        trained =
                run("train --dataset strokes --glimpses 2 --patch-size 4 --hidden 8 --epochs 2 --batch-size 450 --out "
                        + run);
    }

    /** Returns the standard output of a command in a separate process, in the locale ar-EG. */
    private static List<String> run(String command) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Duser.language=ar",
                "-Duser.country=EG",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        words.addAll(List.of(command.split(" ")));
        Path errors = directory.resolve("errors");
        Process process =
                new ProcessBuilder(words).redirectError(errors.toFile()).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertEquals(0, process.waitFor(), Files.readString(errors));
        return lines;
    }

    private static void assertPlain(String text) {
        assertTrue(text.chars().allMatch(c -> c < 128 && c != '?'), text);
    }

    @Test
    void theResultHasDigitsFrom0To9() {
        assertEquals(1, trained.size());
        assertTrue(
                trained.get(0).matches("2 epochs, \\d+ images/s, validation error \\d+\\.\\d\\d %: .*"),
                trained.get(0));
    }

    @Test
    void theTablesOfARunAreNumbers() throws IOException {
        assertPlain(Files.readString(run.resolve("glimpses.csv")));
        assertPlain(Files.readString(run.resolve("metrics.csv")));
        assertEquals(3, Files.readAllLines(run.resolve("metrics.csv")).size());
    }

    @Test
    void theNameOfTheEventFileHasDigitsFrom0To9() throws IOException {
        try (Stream<Path> files = Files.list(run)) {
            List<String> events = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("events."))
                    .toList();

            assertEquals(1, events.size());
            assertTrue(events.get(0).matches("events\\.out\\.tfevents\\.[0-9]{13}\\.[0-9]+"), events.get(0));
        }
    }

    @Test
    void theReportHasDigitsFrom0To9() throws IOException {
        String page = Files.readString(run.resolve("report.html"));

        assertFalse(page.chars().anyMatch(c -> c >= '٠' && c <= '٩'));
    }

    @Test
    void predictPrintsJsonThatMachinesRead() throws Exception {
        DataSource.STROKES.load(Split.TEST, null).copyPixels(3, PIXELS, 0);
        BufferedImage picture = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setDataElements(0, 0, 28, 28, PIXELS);
        Path image = directory.resolve("digit.png");
        ImageIO.write(picture, "png", image.toFile());

        List<String> lines = run("predict --checkpoint " + run.resolve("best.ram") + " --json " + image);

        assertEquals(1, lines.size());
        JsonNode json = JsonMapper.builder().build().readTree(lines.get(0));
        assertEquals(10, json.get("predictions").get(0).get("probabilities").size());
    }
}
