package io.github.ram.scoring;

import io.github.ram.model.ImageShape;
import java.util.Arrays;
import java.util.Locale;
import scala.collection.Seq;

/** Collects the pixels of one picture, numbers from 0 to 255 in the model's order. */
final class Pixels {

    private final byte[] pixels;
    private int count; // also beyond the array

    /** @param size pixels that the model reads */
    Pixels(int size) {
        pixels = new byte[size];
    }

    /** Adds pixels, one unsigned byte each. */
    Pixels addAll(byte[] values) {
        System.arraycopy(values, 0, pixels, count, Math.min(values.length, pixels.length - count));
        count += values.length;
        return this;
    }

    /**
     * Adds numbers, or rows of numbers.
     *
     * @throws IllegalArgumentException if one is no whole number from 0 to 255
     */
    Pixels addAll(Seq<?> values) {
        for (int i = 0; i < values.length(); i++) {
            if (values.apply(i) instanceof Seq<?> row) {
                addAll(row);
            } else {
                add(values.apply(i));
            }
        }
        return this;
    }

    private void add(Object value) {
        double number = value instanceof Number found ? found.doubleValue() : Double.NaN;
        if (!(number >= 0 && number <= 255 && number == Math.rint(number))) {
            throw new IllegalArgumentException("a pixel must be a whole number from 0 to 255, got " + value);
        }
        if (count < pixels.length) {
            pixels[count] = (byte) number;
        }
        count++;
    }

    /**
     * Returns the pixels.
     *
     * @throws IllegalArgumentException if they are fewer or more than the model reads
     */
    byte[] complete(ImageShape shape) {
        if (count != shape.size()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "the picture has %d pixels, the model reads %d (%s)", count, shape.size(), shape));
        }
        return Arrays.copyOf(pixels, count);
    }
}
