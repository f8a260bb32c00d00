package io.github.ram.model.image;

import java.util.Objects;

/**
 * An image file was refused. The message is one line for the person who sent the file; the cause, if
 * there is one, is for whoever debugs the decoder.
 */
public final class ImageException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why an image file was refused. */
    public enum Reason {
        /** There are no bytes. */
        EMPTY,
        /** The bytes are not a PNG, JPEG, BMP or GIF file. */
        UNSUPPORTED_FORMAT,
        /** The file is cut short or damaged. */
        MALFORMED,
        /** The file or the image is larger than the {@link ImageLimits}. */
        TOO_LARGE,
        /** The file may be sound, but is of a kind this decoder does not read, such as a CMYK JPEG. */
        UNUSABLE
    }

    private final Reason reason;

    ImageException(Reason reason, String message) {
        this(reason, message, null);
    }

    ImageException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason);
    }

    /** Why the file was refused. */
    public Reason reason() {
        return reason;
    }
}
