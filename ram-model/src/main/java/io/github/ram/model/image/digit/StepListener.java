package io.github.ram.model.image.digit;

/** Receives the result of each step of preprocessing as a grey picture. */
@FunctionalInterface
public interface StepListener {

    /** Ignores all steps. */
    StepListener NONE = (name, width, height, grey) -> {};

    /**
     * A step is done.
     *
     * @param name what the step computed, such as {@code background}
     * @param grey unsigned bytes [height, width], 0 for black
     */
    void done(String name, int width, int height, byte[] grey);
}
