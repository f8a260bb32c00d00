package io.github.ram.model.image.digit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a picture is made into the model's input. */
public enum PreprocessingMode {
    /**
     * {@link #CROP} for a model of pictures. For a model of digits {@link #NONE} for a picture that is laid out like the
     * model's own images, {@link #MNIST} for any other.
     *
     * <p>For a model of centred digits such pictures are opaque and have exactly the model's size. Their ink is light
     * on black, 20 of 28 pixels long, with the centre of mass in the middle. Every image of MNIST is so. For a model of
     * digits anywhere they are opaque and have exactly the model's size. At least half of the outermost pixels are
     * dark, 32 or less.
     */
    AUTO,

    /**
     * As MNIST's images were made. Ink is what stands out from the background, darker or lighter, in any colour. Lines
     * of the paper and frames are removed. The bounding box of the digit is scaled to 20/28 of the model's side, its
     * proportions kept. Its centre of mass is placed in the middle: light ink on black. Only models of digits take it.
     */
    MNIST,

    /**
     * As training takes photographs: the shorter side is scaled to the model's side, and the middle is cut out. No pixel is
     * added.
     */
    CROP,

    /** The picture as it is: scaled to the largest size that fits, centred on black. */
    NONE;

    /**
     * The mode of a name.
     *
     * @throws IllegalArgumentException that lists the names of all modes, if the name is none of them
     */
    public static PreprocessingMode named(String name) {
        return Arrays.stream(values())
                .filter(mode -> mode.toString().equals(name))
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
