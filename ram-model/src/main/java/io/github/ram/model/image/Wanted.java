package io.github.ram.model.image;

/**
 * Whether an image is still wanted. It is asked again and again while the image is read and prepared: a file of
 * some hundred kilobytes can keep a processor busy for seconds.
 */
@FunctionalInterface
public interface Wanted {

    /** Whatever happens. */
    Wanted ALWAYS = () -> {};

    /**
     * Returns if it is.
     *
     * @throws RuntimeException of the asker's own if it is not, and then whenever it is asked again
     */
    void require();
}
