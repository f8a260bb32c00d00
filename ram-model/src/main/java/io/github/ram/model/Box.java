package io.github.ram.model;

import java.util.Locale;

/**
 * A rectangle of whole pixels. A box may cross the border of its image, on any side and by any amount.
 *
 * @param left first column
 * @param top first row
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
public record Box(int left, int top, int width, int height) {

    public Box {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "a box must be at least 1×1 pixels, got %d×%d", width, height));
        }
    }

    /** The column of the box's middle; 0 is the left edge of column 0. */
    public double centreX() {
        return left + width / 2.0;
    }

    /** The row of the box's middle; 0 is the top edge of row 0. */
    public double centreY() {
        return top + height / 2.0;
    }
}
