package io.github.ram.model.image.digit;

import java.util.List;

/**
 * An image as a model takes it.
 *
 * @param pixels unsigned bytes 0 (black) to 255, laid out as {@link io.github.ram.model.ImageShape} says
 * @param origin where in the picture the pixels are from, and how they were made
 * @param warnings sentences that say why the picture may not show one digit; empty for most
 */
public record ModelInput(byte[] pixels, InputOrigin origin, List<String> warnings) {

    public ModelInput {
        warnings = List.copyOf(warnings);
    }
}
