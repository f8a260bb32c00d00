package io.github.ram.model.image.digit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a picture is made into the model's input. */
public enum PreprocessingMode {
    /**
     * {@link #NONE} for a picture that is made like the model's own images, {@link #MNIST} for any other.
     * It is taken to be made like them if it has exactly their size and at least half of its outermost
     * pixels are dark, 32 or less. Every image of MNIST is.
     */
    AUTO,

    /**
     * As MNIST was made. What stands out from the background is the ink, darker or lighter, in any colour.
     * Its bounding box is scaled to 20/28 of the model's side, its proportions kept, and placed so that its
     * centre of mass is in the middle: light ink on black.
     */
    MNIST,

    /** The picture as it is: scaled to the largest size that fits, centred on black. */
    NONE;

    /**
     * The way of a name.
     *
     * @throws IllegalArgumentException naming the ways there are, if it is none of them
     */
    public static PreprocessingMode named(String name) {
        return Arrays.stream(values())
                .filter(way -> way.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "preprocess must be one of %s, got %s",
                        Arrays.stream(values()).map(PreprocessingMode::toString).collect(Collectors.joining(", ")),
                        name)));
    }

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
