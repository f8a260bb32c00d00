package io.github.ram.training.data.drawn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.ram.model.ImageShape;
import io.github.ram.training.data.Contents;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.source.DataSource;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class ShapesTest {

    private static long crc(Dataset images, int count) {
        CRC32 crc = new CRC32();
        byte[] pixels = new byte[images.shape().size()];
        for (int i = 0; i < count; i++) {
            images.copyPixels(i, pixels, 0);
            crc.update(pixels);
        }
        return crc.getValue();
    }

    @Test
    void eachSplitHasItsImagesAndEveryPlatformDrawsThem() {
        Dataset train = DataSource.SHAPES.load(Split.TRAIN, null);
        Dataset test = DataSource.SHAPES.load(Split.TEST, null);

        assertEquals(
                "[3600, 600, 32×32×3, 6]",
                String.format("[%d, %d, %s, %d]", train.size(), test.size(), train.shape(), train.classes()));
        assertEquals(4, train.label(10));
        assertEquals(1670082890L, crc(train, 60));
        assertEquals(2580358848L, crc(test, 60));
    }

    @Test
    void theImagesCanBeScaledAndMadeGrey() {
        Contents small = DataSource.SHAPES.contents(null, 16, 1);

        Dataset images = DataSource.SHAPES.load(Split.TEST, null, small);
        assertEquals(new ImageShape(16, 16, 1), images.shape());
        assertEquals(676247627L, crc(images, 60));
    }

    @Test
    void imagesOfDigitsKeepTheirSize() {
        assertEquals(
                "images of strokes cannot be scaled: leave out --image-size and --channels",
                assertThrows(IllegalArgumentException.class, () -> DataSource.STROKES.contents(Path.of("."), 32, null))
                        .getMessage());
        assertEquals(
                "--channels must be 1 (grey) or 3 (RGB), got 2",
                assertThrows(IllegalArgumentException.class, () -> DataSource.SHAPES.contents(Path.of("."), 32, 2))
                        .getMessage());
    }
}
