package io.github.ram.training.data.drawn;

import io.github.ram.model.ImageShape;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.Split;

/** Images to measure speed with, of whatever shape a model takes: drawn digits, each in the middle of its image. */
public final class SampleImages {

    private SampleImages() {}

    /**
     * Digits, the same ones every time.
     *
     * @return pixels [n, H, W, C], unsigned bytes; where the image is smaller than a digit, the middle of the digit
     */
    public static byte[] pixels(ImageShape shape, int n) {
        Dataset digits = Strokes.draw(Strokes.SEED, Split.TEST, n);
        int side = Handwriting.SIDE;
        byte[] digit = new byte[side * side];
        byte[] pixels = new byte[Math.multiplyExact(n, shape.size())];
        int down = Math.floorDiv(shape.height() - side, 2);
        int right = Math.floorDiv(shape.width() - side, 2);
        for (int i = 0; i < n; i++) {
            digits.copyPixels(i, digit, 0);
            for (int row = Math.max(0, down); row < Math.min(shape.height(), down + side); row++) {
                for (int column = Math.max(0, right); column < Math.min(shape.width(), right + side); column++) {
                    byte pixel = digit[(row - down) * side + column - right];
                    int at = i * shape.size() + (row * shape.width() + column) * shape.channels();
                    for (int channel = 0; channel < shape.channels(); channel++) {
                        pixels[at + channel] = pixel;
                    }
                }
            }
        }
        return pixels;
    }
}
