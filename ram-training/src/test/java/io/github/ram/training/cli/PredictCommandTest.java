package io.github.ram.training.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.Classifier;
import io.github.ram.model.Prediction;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.training.data.Contents;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.source.DataSource;
import io.github.ram.training.loop.SmallModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PredictCommandTest {

    private static final byte[] PIXELS = new byte[784];

    @TempDir
    Path directory;

    private String model;
    private Path image;

    @BeforeEach
    void drawAnImage() throws IOException {
        model = SmallModel.in(directory);
        image = directory.resolve("digit.png");
        DataSource.STROKES.load(Split.TEST, null).copyPixels(3, PIXELS, 0);
        BufferedImage picture = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setDataElements(0, 0, 28, 28, PIXELS);
        ImageIO.write(picture, "png", image.toFile());
    }

    private Prediction expected() {
        Checkpoint checkpoint = Checkpoint.load(Path.of(model));
        try (Classifier classifier = checkpoint.classifier()) {
            return classifier.predict(checkpoint.model().query(PIXELS, 1));
        }
    }

    private Console predict(Object... arguments) {
        String[] words = new String[3 + arguments.length];
        words[0] = "predict";
        words[1] = "--checkpoint";
        words[2] = model;
        for (int i = 0; i < arguments.length; i++) {
            words[3 + i] = arguments[i].toString();
        }
        return Console.run(words);
    }

    @Test
    void theJsonIsThePrediction() {
        Console console = predict(image, "--json");

        assertEquals(0, console.exit(), console.toString());
        assertEquals(List.of(), console.err());
        assertEquals(List.of("predictions"), console.fields());
        JsonMapper mapper = JsonMapper.builder().build();
        assertEquals(
                mapper.readTree(mapper.writeValueAsString(expected())),
                ((ObjectNode) console.json().get("predictions").get(0).deepCopy()).without("preprocessing"));
        assertEquals(
                mapper.readTree("{\"applied\":\"none\",\"picture\":{\"width\":28,\"height\":28},\"orientation\":1,"
                        + "\"area\":{\"left\":0.0,\"top\":0.0,\"width\":28.0,\"height\":28.0}}"),
                console.json().get("predictions").get(0).get("preprocessing"));
        assertEquals(
                List.of("class", "label", "confidence", "probabilities", "glimpses", "preprocessing"),
                List.copyOf(console.json().get("predictions").get(0).propertyNames()));
        assertEquals(3, console.json().get("predictions").get(0).get("glimpses").size());
    }

    @Test
    void anImageGivenTwiceIsAnsweredTwice() {
        Console console = predict(image, image, "--json");

        assertEquals(2, console.json().get("predictions").size());
    }

    @Test
    void everyImageHasItsLine() throws IOException {
        Path other = directory.resolve("page.png");
        BufferedImage page = new BufferedImage(400, 300, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 40; i < 200; i++) {
            page.setRGB(i, 100, 0xFFFFFF);
        }
        ImageIO.write(page, "png", other.toFile());

        Console console = predict(image, other);

        assertEquals(0, console.exit(), console.toString());
        List<String> images = console.out().stream()
                .filter(line -> !line.startsWith("  warning: "))
                .toList();
        assertEquals(2, images.size(), console.toString());
        Prediction first = expected();
        assertTrue(
                images.get(0)
                        .startsWith("%s: %s (%.2f %%) (0.13, -0.25) ("
                                .formatted(image, first.label(), 100 * first.confidence())),
                console.toString());
        assertTrue(images.get(1).startsWith(other + ": "), console.toString());
    }

    @Test
    void aPictureWithoutInkIsNamedUnlessItIsToBeReadAsItIs() throws IOException {
        Path black = directory.resolve("black.png");
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_GRAY), "png", black.toFile());

        assertEquals(
                List.of(
                        "error: %s: the picture shows no ink: nothing on it stands out from its background, so there is no digit to read"
                                .formatted(black)),
                predict(black).err());
        assertEquals(0, predict(black, "--preprocess", "none").exit());
    }

    @Test
    void anUnknownWayOfPreprocessingIsAnError() {
        Console console = predict(image, "--preprocess", "magic");

        assertEquals(2, console.exit());
        assertTrue(console.toString().contains("preprocess must be one of auto, mnist, crop, none, got magic"));
    }

    @Test
    void aModelOfPicturesReadsTheMiddleAsTrainingDoes() throws IOException {
        model = SmallModel.ofPictures(directory);
        BufferedImage photograph = new BufferedImage(24, 16, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 24; x++) {
                photograph.setRGB(x, y, x * 10 << 16 | y * 10 << 8 | (x + y) * 5);
            }
        }
        Path file =
                Files.createDirectories(directory.resolve("photographs/bee")).resolve("1.png");
        ImageIO.write(photograph, "png", file.toFile());
        Checkpoint checkpoint = Checkpoint.load(Path.of(model));
        byte[] pixels = new byte[8 * 8 * 3];
        DataSource.FOLDER
                .load(
                        Split.TEST,
                        directory.resolve("photographs"),
                        new Contents(
                                checkpoint.model().image(), checkpoint.model().labels()))
                .copyPixels(0, pixels, 0);

        Console console = predict(file, "--json");

        assertEquals(0, console.exit(), console.toString());
        JsonNode prediction = console.json().get("predictions").get(0);
        assertEquals(
                "{\"applied\":\"crop\",\"picture\":{\"width\":24,\"height\":16},\"orientation\":1,"
                        + "\"area\":{\"left\":4.0,\"top\":0.0,\"width\":16.0,\"height\":16.0}}",
                prediction.get("preprocessing").toString());
        // The first pixel is the mean of columns 4 and 5 in rows 0 and 1, the last of 18 and 19 in 14 and 15.
        assertArrayEquals(new byte[] {45, 5, 25}, Arrays.copyOf(pixels, 3));
        assertArrayEquals(new byte[] {(byte) 185, (byte) 145, (byte) 165}, Arrays.copyOfRange(pixels, 189, 192));
        try (Classifier classifier = checkpoint.classifier()) {
            assertEquals(
                    classifier.predict(checkpoint.model().query(pixels, 1)).probabilities().stream()
                            .map(String::valueOf)
                            .toList(),
                    prediction
                            .get("probabilities")
                            .valueStream()
                            .map(JsonNode::toString)
                            .toList());
        }
    }

    @Test
    void aModelOfPicturesLooksForNoInk() {
        model = SmallModel.ofPictures(directory);

        Console console = predict(image, "--preprocess", "mnist");

        assertEquals(2, console.exit());
        assertEquals(
                List.of("error: preprocess mnist finds the ink of a digit, and the model is one of pictures:"
                        + " choose auto, crop or none; see ram-training predict --help"),
                console.err());
    }

    @Test
    void thePictureIsAPngFile() throws IOException {
        Path picture = directory.resolve("glimpses.png");

        assertEquals(0, predict(image, "--picture", picture).exit());

        assertTrue(ImageIO.read(picture.toFile()).getWidth() > 28);
    }

    @Test
    void thePictureOfAModelWithSoftAttentionShowsItsMaps() throws IOException {
        model = SmallModel.ofPictures(directory);
        Path picture = directory.resolve("maps.png");

        Console console = predict(image, "--picture", picture);

        assertEquals(0, console.exit(), console.toString());
        assertFalse(console.toString().contains("attention"), console.toString());
        BufferedImage maps = ImageIO.read(picture.toFile());
        // The first pixel of the digit is black: half of a colour of the ramp is all that is left.
        assertTrue((maps.getRGB(0, 0) & 0xFFFFFF) != 0, Integer.toHexString(maps.getRGB(0, 0)));
        assertEquals(maps.getHeight(), maps.getWidth()); // one map of a square image
    }

    @Test
    void aPictureThatCannotBeWrittenIsNamed() {
        Path picture = directory.resolve("no such folder").resolve("glimpses.png");

        Console console = predict(image, "--picture", picture);

        assertEquals(
                new Console(
                        1,
                        List.of(),
                        List.of("error: %s cannot be written: %s does not exist"
                                .formatted(picture, picture.getParent()))),
                console);
        assertFalse(Files.exists(picture));
    }

    @Test
    void theOtherImagesAreReadIfOneIsNotThere() {
        Path missing = directory.resolve("missing.png");
        Console alone = predict(image);

        assertEquals(
                new Console(1, alone.out(), List.of("error: " + missing + ": there is no such image")),
                predict(missing, image));
    }

    @Test
    void aFileThatIsNoImageIsNamed() throws IOException {
        Path text = Files.writeString(directory.resolve("notes.txt"), "seven");

        Console console = predict(text, image, "--json");

        assertEquals(1, console.exit());
        assertEquals(1, console.err().size());
        assertTrue(console.err().get(0).startsWith("error: " + text + ": "), console.toString());
        assertEquals(1, console.out().size());
        assertTrue(
                console.out().get(0).startsWith("{\"predictions\":[{\"error\":\"" + text + ": the file is not a PNG"),
                console.toString());
        assertTrue(console.out().get(0).contains("},{\"class\":"), console.toString());
    }

    @Test
    void aFolderIsNoImage() {
        Console console = predict(directory);

        assertEquals(1, console.exit());
        assertEquals(1, console.err().size());
        assertTrue(console.err().get(0).startsWith("error: " + directory + " cannot be read: "), console.toString());
    }

    @Test
    void aCheckpointThatIsNoCheckpointIsNamed() throws IOException {
        model = Files.writeString(directory.resolve("other.ram"), "PK").toString();

        Console console = predict(image);

        assertEquals(1, console.exit());
        assertEquals(1, console.err().size());
        assertTrue(console.err().get(0).startsWith("error: " + model + " is not a checkpoint"), console.toString());
    }
}
