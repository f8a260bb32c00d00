package io.github.ram.training.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ram.model.Classifier;
import io.github.ram.model.EngineChoice;
import io.github.ram.model.Prediction;
import io.github.ram.model.Query;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.image.decode.ImageException;
import io.github.ram.model.image.decode.ImageLimits;
import io.github.ram.model.image.digit.PreprocessingMode;
import io.github.ram.model.image.digit.Preprocessor;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.Pictures;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.source.DataDirectory;
import io.github.ram.training.data.source.DataSource;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** MNIST's test images as pictures that people might send of them: the bundled model still reads them. */
class PicturesOfMnistTest {

    private static final int IMAGES = 500;

    /** Of those, how many more may be read wrongly than of the images themselves: one in a hundred. */
    private static final int MORE_ERRORS = 5;

    private final Checkpoint checkpoint = Checkpoint.bundled();
    private final Preprocessor preprocessor =
            new Preprocessor(checkpoint.model().image(), ImageLimits.DEFAULT).withoutWarnings();

    /** How an image is made into what is sent. */
    private interface Picturing {
        byte[] file(BufferedImage image, Random random);
    }

    @Test
    void everyImageOfMnistPassesUntouched() throws ImageException {
        for (Split split : Split.values()) {
            Dataset images = load(split);
            byte[] pixels = new byte[28 * 28];
            for (int i = 0; i < images.size(); i++) {
                images.copyPixels(i, pixels, 0);
                assertArrayEquals(
                        pixels,
                        preprocessor
                                .preparePixels(pixels.clone(), PreprocessingMode.AUTO)
                                .pixels(),
                        split + " " + i);
            }
        }
    }

    @Test
    void darkOnLightImagesAreRead() {
        assertRead((image, random) -> Pictures.png(inverted(image)));
    }

    @Test
    void enlargedImagesInTheCornerOfAPageAreRead() {
        assertRead((image, random) -> Pictures.encode("jpeg", page(image, 6, 40 + random.nextInt(200), 30, 500, 300)));
    }

    @Test
    void croppedImagesAreRead() {
        assertRead((image, random) -> Pictures.png(inverted(enlarged(cropped(image), 9))));
    }

    @Test
    void photographsOfTheImagesAreRead() {
        assertRead((image, random) ->
                Pictures.encode("jpeg", photographed(page(image, 8, 60, 90 + random.nextInt(80), 420, 480), random)));
    }

    @Test
    void smallPhotographsOfTheImagesAreRead() {
        assertRead((image, random) ->
                Pictures.png(photographed(page(image, 2, 50, 30 + random.nextInt(40), 160, 140), random)));
    }

    private void assertRead(Picturing picturing) {
        Dataset images = load(Split.TEST);
        int before = errors(images, (image, random) -> Pictures.png(image));

        int errors = errors(images, picturing);

        assertTrue(errors <= before + MORE_ERRORS, "%d of %d, %d as they are".formatted(errors, IMAGES, before));
    }

    private int errors(Dataset images, Picturing picturing) {
        List<Query> queries = IntStream.range(0, IMAGES)
                .parallel()
                .mapToObj(i -> query(picturing.file(image(images, i), new Random(i))))
                .toList();
        try (Classifier classifier = checkpoint.classifier(EngineChoice.AUTO, IMAGES)) {
            List<Prediction> predictions = classifier.predict(queries);
            int errors = 0;
            for (int i = 0; i < IMAGES; i++) {
                errors += predictions.get(i).classIndex() == images.label(i) ? 0 : 1;
            }
            return errors;
        }
    }

    private Query query(byte[] file) {
        try {
            byte[] pixels = preprocessor.prepare(file, PreprocessingMode.AUTO).pixels();
            return checkpoint.model().query(pixels, 1);
        } catch (ImageException e) {
            throw new AssertionError(e);
        }
    }

    private static Dataset load(Split split) {
        Path directory = DataDirectory.resolve(
                DataSource.MNIST, null, System.getenv(), Path.of(System.getProperty("user.home")));
        assumeTrue(
                Files.isDirectory(directory),
                () -> "MNIST is not here: set %s to its folder to test pictures of it"
                        .formatted(DataDirectory.VARIABLE));
        return DataSource.MNIST.load(split, directory);
    }

    private static BufferedImage image(Dataset images, int i) {
        byte[] pixels = new byte[28 * 28];
        images.copyPixels(i, pixels, 0);
        BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, 28, 28, pixels);
        return image;
    }

    private static BufferedImage inverted(BufferedImage image) {
        BufferedImage inverted = new BufferedImage(image.getWidth(), image.getHeight(), image.getType());
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                inverted.getRaster().setSample(x, y, 0, 255 - image.getRaster().getSample(x, y, 0));
            }
        }
        return inverted;
    }

    private static BufferedImage enlarged(BufferedImage image, int times) {
        return drawn(image, times, 0, 0, times * image.getWidth(), times * image.getHeight());
    }

    /** Dark on a light page, so many times as large, so far from its left and top. */
    private static BufferedImage page(BufferedImage image, int times, int left, int top, int width, int height) {
        return inverted(drawn(image, times, left, top, width, height));
    }

    private static BufferedImage drawn(BufferedImage image, int times, int left, int top, int width, int height) {
        BufferedImage drawn = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = drawn.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(image, left, top, times * image.getWidth(), times * image.getHeight(), null);
        graphics.dispose();
        return drawn;
    }

    /** To its ink and one pixel around. */
    private static BufferedImage cropped(BufferedImage image) {
        int left = 27;
        int top = 27;
        int right = 0;
        int bottom = 0;
        for (int y = 1; y < 27; y++) {
            for (int x = 1; x < 27; x++) {
                if (image.getRaster().getSample(x, y, 0) > 0) {
                    left = Math.min(left, x - 1);
                    top = Math.min(top, y - 1);
                    right = Math.max(right, x + 1);
                    bottom = Math.max(bottom, y + 1);
                }
            }
        }
        return image.getSubimage(left, top, right - left + 1, bottom - top + 1);
    }

    /** Blue-black ink on warm paper, in light that falls off to one side, with noise. */
    private static BufferedImage photographed(BufferedImage page, Random random) {
        double acrossFall = 0.5 * (random.nextDouble() - 0.5);
        double downFall = 0.5 * (random.nextDouble() - 0.5);
        double[] inkShare = {0.2, 0.24, 0.45};
        double[] paper = {215, 208, 192};
        BufferedImage shot = new BufferedImage(page.getWidth(), page.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < page.getHeight(); y++) {
            for (int x = 0; x < page.getWidth(); x++) {
                double u = 2.0 * x / page.getWidth() - 1;
                double v = 2.0 * y / page.getHeight() - 1;
                double light = 1 + acrossFall * u + downFall * v - 0.08 * (u * u + v * v);
                double blank = page.getRaster().getSample(x, y, 0) / 255.0;
                for (int c = 0; c < 3; c++) {
                    double value = paper[c] * light * (inkShare[c] + (1 - inkShare[c]) * blank);
                    double noisy = value + 7 * random.nextGaussian();
                    shot.getRaster().setSample(x, y, c, (int) Math.max(0, Math.min(255, Math.round(noisy))));
                }
            }
        }
        return shot;
    }
}
