package io.github.ram.model.image.digit;

import static io.github.ram.model.image.decode.EncodedImages.encode;
import static io.github.ram.model.image.decode.EncodedImages.grey;
import static io.github.ram.model.image.digit.DrawnDigits.drawn;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.ram.model.Classifier;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.image.decode.EncodedImages;
import io.github.ram.model.image.decode.ImageException;
import io.github.ram.model.image.decode.ImageLimits;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the bundled model makes of pictures that are not MNIST's. */
class BundledModelPicturesTest {

    private static final Path SEVEN = Path.of("..", "docs", "seven.png");

    private static Preprocessor preprocessor;
    private static Checkpoint checkpoint;
    private static Classifier classifier;

    @BeforeAll
    static void load() {
        checkpoint = Checkpoint.bundled();
        preprocessor = new Preprocessor(checkpoint.model().image(), ImageLimits.DEFAULT);
        classifier = checkpoint.classifier();
    }

    @AfterAll
    static void close() {
        classifier.close();
    }

    @Test
    void sevenOfTheReadmeIsReadAsItIs() throws Exception {
        byte[] file = Files.readAllBytes(SEVEN);

        ModelInput image = preprocessor.prepare(file, PreprocessingMode.AUTO);

        assertEquals(PreprocessingMode.NONE, image.origin().applied());
        assertArrayEquals(preprocessor.prepare(file, PreprocessingMode.NONE).pixels(), image.pixels());
        assertEquals(
                7,
                classifier.predict(checkpoint.model().query(image.pixels(), 1)).classIndex());
    }

    @Test
    void sevenOfTheReadmeIsAlsoReadEnlargedAndDarkOnLight() throws Exception {
        byte[] pixels = preprocessor
                .prepare(Files.readAllBytes(SEVEN), PreprocessingMode.NONE)
                .pixels();
        byte[] inverted = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            inverted[i] = (byte) (255 - pixels[i]);
        }
        byte[] page = new byte[400 * 300];
        Arrays.fill(page, (byte) 255);
        for (int y = 0; y < 5 * 28; y++) {
            for (int x = 0; x < 5 * 28; x++) {
                page[(90 + y) * 400 + 210 + x] = inverted[y / 5 * 28 + x / 5];
            }
        }

        assertEquals(7, read(encode("png", grey(28, 28, inverted))));
        assertEquals(7, read(encode("png", grey(400, 300, page))));
        assertEquals(7, read(encode("jpeg", grey(400, 300, page))));
    }

    @Test
    void everyKindOfFileGivesTheSameAnswer() throws Exception {
        BufferedImage picture = drawn(3, 120, 160, 0x101010, 0xF0F0F0);
        int read = read(encode("png", picture));
        BufferedImage palette = new BufferedImage(120, 160, BufferedImage.TYPE_BYTE_INDEXED);
        palette.createGraphics().drawImage(picture, 0, 0, null);
        BufferedImage fine = new BufferedImage(120, 160, BufferedImage.TYPE_USHORT_GRAY);
        Raster samples = picture.getRaster();
        for (int y = 0; y < 160; y++) {
            for (int x = 0; x < 120; x++) {
                fine.getRaster().setSample(x, y, 0, samples.getSample(x, y, 0) * 257);
            }
        }
        BufferedImage blank = new BufferedImage(120, 160, BufferedImage.TYPE_BYTE_INDEXED);

        assertEquals(3, read);
        assertEquals(3, read(encode("bmp", picture)));
        assertEquals(3, read(encode("gif", palette)));
        assertEquals(3, read(encode("png", palette)));
        assertEquals(3, read(encode("png", fine)));
        assertEquals(3, read(EncodedImages.gif(palette, blank)));
    }

    private static int read(byte[] file) throws ImageException {
        byte[] pixels = preprocessor.prepare(file, PreprocessingMode.AUTO).pixels();
        return classifier.predict(checkpoint.model().query(pixels, 1)).classIndex();
    }
}
