package io.github.ram.model.image.decode;

/**
 * Stops work on an image that nobody needs any more. The decoder calls it many times: a file of some hundred
 * kilobytes can keep a processor busy for seconds.
 */
@FunctionalInterface
public interface Cancellation {

    /** Never cancels. */
    Cancellation NEVER = () -> {};

    /**
     * Returns if the work is still needed.
     *
     * @throws RuntimeException of the caller's choice if it is not, and again at each later call
     */
    void throwIfCancelled();
}
