package io.github.ram.model.image;

/**
 * The part of an image that one glimpse takes in, in pixels of the model's input. It may reach past
 * the border of the image, on any side and by any amount.
 *
 * @param left column of its first pixel
 * @param top row of its first pixel
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
public record GlimpseBox(int left, int top, int width, int height) {

    public GlimpseBox {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "a glimpse must be at least 1×1 pixels, got %d×%d".formatted(width, height));
        }
    }

    double centreX() {
        return left + width / 2.0;
    }

    double centreY() {
        return top + height / 2.0;
    }
}
