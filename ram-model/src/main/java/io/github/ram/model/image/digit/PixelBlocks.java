package io.github.ram.model.image.digit;

import io.github.ram.model.ImageShape;
import java.util.Arrays;

/** Recognises a small picture that was enlarged without smoothing: each of its pixels is a square block of one colour. */
final class PixelBlocks {

    /** The least side of a block. Two pixels alike happen by chance. */
    private static final int LEAST_SIDE = 3;

    /** The least side of the small picture, in blocks. A digit needs as many. */
    private static final int LEAST_BLOCKS = 6;

    private PixelBlocks() {}

    /**
     * The side of the blocks in pixels; 1 if there are none.
     *
     * @param pixels [height, width, channels]
     */
    static int side(byte[] pixels, ImageShape shape) {
        int row = shape.width() * shape.channels();
        int side = divisor(shape.width(), shape.height());
        for (int y = 1; y < shape.height() && side >= LEAST_SIDE; y++) {
            int at = y * row;
            if (!Arrays.equals(pixels, at - row, at, pixels, at, at + row)) {
                side = divisor(side, y);
            }
        }
        for (int y = 0; y < shape.height() && side >= LEAST_SIDE; y += side) {
            for (int x = 1; x < shape.width(); x++) {
                int at = y * row + x * shape.channels();
                if (!Arrays.equals(pixels, at - shape.channels(), at, pixels, at, at + shape.channels())) {
                    side = divisor(side, x);
                }
            }
        }
        return side >= LEAST_SIDE && Math.min(shape.width(), shape.height()) >= LEAST_BLOCKS * side ? side : 1;
    }

    /** The greatest common divisor. */
    private static int divisor(int a, int b) {
        return b == 0 ? a : divisor(b, a % b);
    }
}
