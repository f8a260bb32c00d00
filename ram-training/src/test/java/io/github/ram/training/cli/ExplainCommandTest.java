package io.github.ram.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.image.draw.Canvas;
import io.github.ram.training.loop.SmallModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {

    @TempDir
    Path directory;

    @Test
    void eachStepIsWrittenAsAPicture() throws IOException {
        Path image = directory.resolve("seven.png");
        Canvas canvas = new Canvas(120, 160, 0xFFFFFF);
        canvas.number(7, 60, 80, 90, 5, 0);
        ImageIO.write(canvas.toImage(), "png", image.toFile());
        Path out = directory.resolve("steps");

        Console console = Console.run("explain", image.toString(), "--out", out.toString());

        assertEquals(0, console.exit(), console.toString());
        try (Stream<Path> files = Files.list(out)) {
            assertEquals(
                    List.of(
                            "1-picture.png",
                            "2-background.png",
                            "3-ink.png",
                            "4-without-lines.png",
                            "5-digit.png",
                            "6-input.png"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
        assertEquals(28, ImageIO.read(out.resolve("6-input.png").toFile()).getWidth());
        assertEquals(6, console.out().size());
    }

    @Test
    void aModelOfPicturesFindsNoDigit() {
        Console console = Console.run(
                "explain",
                "--checkpoint",
                SmallModel.ofPictures(directory),
                "digit.png",
                "--out",
                directory.toString());

        assertEquals(1, console.exit());
        assertEquals(
                List.of("error: explain shows how a digit is found, and the model is one of pictures:"
                        + " give a model of digits"),
                console.err());
    }

    @Test
    void fileThatIsNoImageIsNamed() throws IOException {
        Path text = Files.writeString(directory.resolve("text.png"), "no image");

        Console console = Console.run("explain", text.toString(), "--out", directory.toString());

        assertEquals(1, console.exit());
        assertTrue(console.err().get(0).contains("text.png"), console.toString());
    }
}
