package io.github.ram.training.data.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.Classifier;
import io.github.ram.model.ImageShape;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.training.data.Contents;
import io.github.ram.training.data.DataException;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.Pictures;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.source.DataSource;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderReaderTest {

    private static final Contents WANTED = new Contents(new ImageShape(2, 2, 3), List.of("blue", "red"));

    @TempDir
    Path directory;

    private static Path picture(Path folder, String name, Color colour) throws IOException {
        BufferedImage picture = new BufferedImage(6, 4, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(1, 0, 4, 4); // the middle; the columns outside stay black
        graphics.dispose();
        Files.createDirectories(folder);
        return Files.write(folder.resolve(name), Pictures.png(picture));
    }

    private void split(String split, int each) throws IOException {
        for (int i = 0; i < each; i++) {
            picture(directory.resolve(split).resolve("red"), i + ".png", Color.RED);
            picture(directory.resolve(split).resolve("blue"), i + ".png", Color.BLUE);
        }
    }

    private Dataset load(Split split) {
        return DataSource.FOLDER.load(split, directory, WANTED);
    }

    private String refusal(Split split) {
        return assertThrows(DataException.class, () -> load(split)).getMessage();
    }

    private static List<Integer> labels(Dataset images) {
        return IntStream.range(0, images.size()).map(images::label).boxed().toList();
    }

    @Test
    void theFoldersAreTheClassesAndEachSplitHasItsFolder() throws IOException {
        split("train", 3);
        split("val", 1);
        split("test", 2);

        assertEquals(
                new Contents(new ImageShape(64, 64, 3), List.of("blue", "red")), DataSource.FOLDER.contents(directory));
        assertEquals(List.of(0, 0, 0, 1, 1, 1), labels(load(Split.TRAIN)));
        assertEquals(List.of(0, 1), labels(load(Split.VALIDATION)));
        assertEquals(List.of(0, 0, 1, 1), labels(load(Split.TEST)));
    }

    @Test
    void theMiddleOfAPictureIsScaled() throws IOException {
        split("test", 1);
        split("train", 1);
        byte[] pixels = new byte[12];
        load(Split.TEST).copyPixels(1, pixels, 0);

        byte[] red = {-1, 0, 0};
        for (int pixel = 0; pixel < 4; pixel++) {
            assertArrayEquals(red, Arrays.copyOfRange(pixels, 3 * pixel, 3 * pixel + 3));
        }
    }

    @Test
    void thePicturesToTrainOnAreDecodedOnceUntilOneChanges() throws IOException {
        split("train", 5);
        split("val", 1);
        DataSource.FOLDER.normalisation(directory, WANTED);
        Dataset first = load(Split.TRAIN);
        load(Split.VALIDATION);

        assertSame(first, load(Split.TRAIN));
        Contents smaller = new Contents(new ImageShape(1, 1, 3), WANTED.labels());
        assertNotSame(first, DataSource.FOLDER.load(Split.TRAIN, directory, smaller));

        Dataset again = load(Split.TRAIN);
        Path changed = picture(directory.resolve("train/red"), "0.png", Color.GREEN);
        Files.setLastModifiedTime(changed, FileTime.fromMillis(0));
        byte[] pixels = new byte[12];
        load(Split.TRAIN).copyPixels(5, pixels, 0); // after five blue ones
        assertArrayEquals(new byte[] {0, -1, 0}, Arrays.copyOf(pixels, 3));
        again.copyPixels(5, pixels, 0);
        assertArrayEquals(new byte[] {-1, 0, 0}, Arrays.copyOf(pixels, 3));
    }

    @Test
    void aTenthIsForValidationWithoutAFolderForIt() throws IOException {
        split("train", 10);

        assertEquals(18, load(Split.TRAIN).size());
        assertEquals(2, load(Split.VALIDATION).size());
    }

    @Test
    void aFolderOfClassesAloneIsATestSetAlsoOfGreyImages() throws IOException {
        split(".", 2);
        Contents grey = new Contents(new ImageShape(3, 3, 1), List.of("blue", "green", "red"));

        Dataset images = DataSource.FOLDER.load(Split.TEST, directory, grey);
        assertEquals(List.of(0, 0, 2, 2), labels(images));
        assertEquals(new ImageShape(3, 3, 1), images.shape());
        assertTrue(refusal(Split.TRAIN).startsWith("no folder " + directory.resolve("train")));
    }

    @Test
    void aFolderWithOneClassOrNoneIsRefused() throws IOException {
        picture(directory.resolve("train/red"), "1.png", Color.RED);
        String expected = directory.resolve("train")
                + " must hold a folder of pictures for each of 2 to 256 classes, it holds %d: give such a folder with"
                + " --data";
        assertEquals(expected.formatted(1), contentsRefusal());
        Files.createDirectories(directory.resolve("test"));
        assertEquals(
                "no pictures in " + directory.resolve("test") + ": put a folder of them for each class there",
                refusal(Split.TEST));
        Files.delete(directory.resolve("train/red/1.png"));
        Files.delete(directory.resolve("train/red"));
        assertEquals(expected.formatted(0), contentsRefusal());
    }

    @Test
    void moreClassesThanALabelCanNameAreRefused() throws IOException {
        for (int i = 0; i < 257; i++) {
            Files.createDirectories(directory.resolve("train/class" + i));
        }

        assertEquals(
                directory.resolve("train")
                        + " must hold a folder of pictures for each of 2 to 256 classes, it holds 257: give such a"
                        + " folder with --data",
                contentsRefusal());
    }

    @Test
    void aClassWithoutAPictureToTrainOnIsNamed() throws IOException {
        for (int i = 0; i < 10; i++) {
            picture(directory.resolve("train/red"), i + ".png", Color.RED);
        }
        Files.createDirectories(directory.resolve("train/blue"));

        assertEquals(
                directory.resolve("train")
                        + " holds no pictures of blue: put pictures there, or remove the class's folder",
                refusal(Split.TRAIN));
        assertEquals(
                "no pictures in " + directory.resolve("val") + ": put a folder of them for each class there",
                assertThrows(DataException.class, () -> {
                            Files.createDirectories(directory.resolve("val"));
                            load(Split.VALIDATION);
                        })
                        .getMessage());
    }

    private String contentsRefusal() {
        return assertThrows(DataException.class, () -> DataSource.FOLDER.contents(directory))
                .getMessage();
    }

    @Test
    void aPictureThatCannotBeReadIsNamed() throws IOException {
        split("train", 1);
        split("test", 1);
        Path broken = Files.writeString(directory.resolve("test/red/broken.png"), "no picture");

        String message = refusal(Split.TEST);
        assertTrue(message.startsWith(broken + " cannot be read: "), message);
        assertTrue(message.endsWith("; remove or replace it"), message);
    }

    @Test
    void aFolderThatIsNoClassOfTheModelIsNamed() throws IOException {
        split("train", 1);
        split("test", 1);
        Path green = Files.createDirectories(directory.resolve("test/green"));

        assertEquals("the folder " + green + " is none of the model's classes: blue, red", refusal(Split.TEST));
    }

    @Test
    void aModelOfDigitsReadsTheDigitOfEachPictureAsInAPrediction() throws IOException {
        Contents digits = Contents.of(Checkpoint.bundled().manifest());
        Dataset drawn = DataSource.STROKES.load(Split.TEST, null);
        byte[] pixels = new byte[28 * 28];
        for (int i = 0; i < 10; i++) { // each digit once
            drawn.copyPixels(i, pixels, 0);
            BufferedImage picture = new BufferedImage(90, 60, BufferedImage.TYPE_BYTE_GRAY);
            for (int k = 0; k < 90 * 60; k++) { // dark on light, at the right edge
                int x = k % 90 - 60;
                int y = k / 90 - 10;
                boolean inside = x >= 0 && x < 28 && y >= 0 && y < 28;
                picture.getRaster().setSample(k % 90, k / 90, 0, inside ? 255 - (pixels[28 * y + x] & 0xFF) : 255);
            }
            Path folder = Files.createDirectories(directory.resolve(String.valueOf(drawn.label(i))));
            Files.write(folder.resolve("picture.png"), Pictures.png(picture));
        }

        Dataset images = DataSource.FOLDER.load(Split.TEST, directory, digits);

        int right = 0;
        try (Classifier classifier = Checkpoint.bundled().classifier()) {
            for (int i = 0; i < images.size(); i++) {
                images.copyPixels(i, pixels, 0);
                int named = classifier
                        .predict(Checkpoint.bundled().model().query(pixels, 1))
                        .classIndex();
                right += named == images.label(i) ? 1 : 0;
            }
        }
        assertEquals("10 of 10", right + " of " + images.size());
    }
}
