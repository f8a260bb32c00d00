package io.github.ram.service.prediction;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.ram.model.ImageShape;
import io.github.ram.model.image.decode.ImageException;
import io.github.ram.model.image.decode.ImageLimits;
import io.github.ram.model.image.digit.PreprocessingMode;
import io.github.ram.model.image.digit.Preprocessor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a file holds, it becomes the pixels of an image, or it is refused. */
class ImageFileFuzz {

    private static final Preprocessor PREPROCESSOR =
            new Preprocessor(new ImageShape(28, 28, 1), new ImageLimits(256, 1 << 20));

    static Stream<byte[]> files() {
        return Stream.of("png", "jpeg", "bmp", "gif")
                .flatMap(format -> Stream.of(
                                BufferedImage.TYPE_BYTE_GRAY,
                                BufferedImage.TYPE_BYTE_INDEXED,
                                BufferedImage.TYPE_INT_RGB)
                        .map(kind -> file(format, kind)));
    }

    private static byte[] file(String format, int kind) {
        BufferedImage image = new BufferedImage(5, 7, kind);
        image.setRGB(2, 3, 0xffa0b0c0);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @MethodSource("files")
    @FuzzTest(maxDuration = "2m")
    void fileIsReadOrRefused(byte[] file) {
        try {
            if (PREPROCESSOR.prepare(file, PreprocessingMode.MNIST).pixels().length != 784) {
                throw new AssertionError("not as many pixels as the model has");
            }
        } catch (ImageException e) {
            // what it should do with nearly all of them
        }
    }
}
