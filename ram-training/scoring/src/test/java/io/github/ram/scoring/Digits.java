package io.github.ram.scoring;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** The seven of the documents: 28×28 pixels, of which the bundled model is sure. */
final class Digits {

    static final Path FILE = Path.of("..", "..", "docs", "seven.png");

    private Digits() {}

    static byte[] file() {
        try {
            return Files.readAllBytes(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] pixels() {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(file()));
            return (byte[]) image.getRaster().getDataElements(0, 0, 28, 28, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The pixels as numbers from 0 to 255. */
    static Integer[] numbers() {
        byte[] pixels = pixels();
        Integer[] numbers = new Integer[pixels.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = pixels[i] & 0xff;
        }
        return numbers;
    }
}
