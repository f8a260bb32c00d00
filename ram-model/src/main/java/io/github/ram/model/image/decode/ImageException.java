package io.github.ram.model.image.decode;

import java.util.Objects;

/**
 * An image file is rejected. The message is one line for the person who sent the file. The cause, if there is
 * one, helps to debug the decoder.
 */
public final class ImageException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why an image file is rejected. */
    public enum Reason {
        /** The file has no bytes. */
        EMPTY,
        /** The bytes are not a PNG, JPEG, BMP, GIF or WebP file. */
        UNSUPPORTED_FORMAT,
        /** The file is cut short or damaged. */
        MALFORMED,
        /** The file or the image is larger than the {@link ImageLimits}. */
        TOO_LARGE,
        /** The file may be valid, but nothing can be read from it: an unsupported kind, or a picture without ink. */
        UNUSABLE
    }

    private final Reason reason;

    /**
     * @param reason the kind of fault
     * @param message one line that names the fault and, if possible, what to do
     */
    public ImageException(Reason reason, String message) {
        this(reason, message, null);
    }

    ImageException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason);
    }

    /** Why the file is rejected. */
    public Reason reason() {
        return reason;
    }
}
