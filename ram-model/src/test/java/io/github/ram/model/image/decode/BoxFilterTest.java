package io.github.ram.model.image.decode;

import static io.github.ram.model.image.decode.EncodedImages.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.ram.model.ImageShape;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BoxFilterTest {

    @Test
    void twoPixelsBecomeTheirMeanRoundedUp() {
        assertArrayEquals(bytes(11, 31), scale(4, 2, new ImageShape(1, 2, 1), 10, 11, 30, 31, 10, 11, 31, 32));
    }

    @Test
    void threePixelsBecomeTwoThatShareTheMiddleOne() {
        // (2 · 30 + 1 · 60) / 3 and (1 · 60 + 2 · 90) / 3, in each of three equal rows
        assertArrayEquals(
                bytes(40, 80, 40, 80), scale(3, 3, new ImageShape(2, 2, 1), 30, 60, 90, 30, 60, 90, 30, 60, 90));
    }

    @Test
    void channelsAreScaledApart() {
        assertArrayEquals(
                bytes(2, 20, 200),
                scale(2, 2, new ImageShape(1, 1, 3), 1, 10, 100, 3, 30, 255, 1, 10, 190, 3, 30, 255));
    }

    @Test
    void imageOfTheRightSizeIsUnchanged() {
        Random random = new Random(1);
        for (int side = 1; side < 40; side++) {
            int[] source = random.ints(side * side * 3L, 0, 256).toArray();
            assertArrayEquals(bytes(source), scale(side, side, new ImageShape(side, side, 3), source));
        }
    }

    @Test
    void constantImageStaysConstant() {
        Random random = new Random(2);
        for (int trial = 0; trial < 200; trial++) {
            int side = 1 + random.nextInt(100);
            int[] source = new int[side * side];
            Arrays.fill(source, 201);
            byte[] expected = new byte[28 * 28];
            Arrays.fill(expected, (byte) 201);
            assertArrayEquals(expected, scale(side, side, new ImageShape(28, 28, 1), source), "side " + side);
        }
    }

    @Test
    void meanIsKept() {
        Random random = new Random(3);
        for (int trial = 0; trial < 200; trial++) {
            int side = 1 + random.nextInt(100);
            int[] source = random.ints((long) side * side, 0, 256).toArray();
            byte[] pixels = scale(side, side, new ImageShape(28, 28, 1), source);
            double mean = Arrays.stream(source).average().orElseThrow();
            double scaled = 0;
            for (byte pixel : pixels) {
                scaled += (pixel & 0xFF) / 784.0;
            }
            assertEquals(mean, scaled, 0.5, "side " + side);
        }
    }

    private static byte[] scale(int width, int height, ImageShape shape, int... source) {
        BoxFilter filter = new BoxFilter(new ImageShape(height, width, shape.channels()), shape);
        int row = width * shape.channels();
        for (int y = 0; y < height; y++) {
            filter.add(y, Arrays.copyOfRange(source, y * row, (y + 1) * row));
        }
        return filter.pixels();
    }
}
