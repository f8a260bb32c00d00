package io.github.ram.service;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;

/**
 * Rejects a request. The message is one line for the client: what is wrong and what to do.
 *
 * <p>Clients cause rejections, possibly thousands a second, so they have no stack trace.
 */
public final class Rejection extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Why a request is rejected. The name in lower case is the label of {@code ram_rejected_total}. */
    public enum Reason {
        /** The body cannot be read: empty, cut short, damaged. */
        MALFORMED(HttpStatus.BAD_REQUEST),
        /** There is no such model, or version of it. */
        NOT_FOUND(HttpStatus.NOT_FOUND),
        /** The request has no valid key where one is required. */
        UNAUTHORIZED(HttpStatus.UNAUTHORIZED),
        /** The body or the image is larger than the limits. */
        TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),
        /** The type of the content is not supported. */
        UNSUPPORTED_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
        /** The content can be read, but the model cannot use it. */
        UNUSABLE(HttpStatus.UNPROCESSABLE_CONTENT),
        /** The queue, or the memory for requests, is full. */
        QUEUE_FULL(HttpStatus.TOO_MANY_REQUESTS),
        /** The service is starting or shutting down. */
        UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),
        /** The deadline passed before the answer. */
        DEADLINE(HttpStatus.GATEWAY_TIMEOUT);

        private final HttpStatus status;

        Reason(HttpStatus status) {
            this.status = status;
        }

        /** The status of the response. */
        public HttpStatus status() {
            return status;
        }

        /** The reason that a status stands for, if any. */
        public static Optional<Reason> of(int status) {
            return Arrays.stream(values())
                    .filter(reason -> reason.status.value() == status)
                    .findFirst();
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int LONGEST_EXCERPT = 40;

    /** Characters that break a line, reorder it, or are no text. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private final Reason reason;

    /**
     * @param reason decides the status
     * @param message one line for the client, a format if there are values
     * @param values for the format, in no locale's digits
     */
    public Rejection(Reason reason, String message, Object... values) {
        super(values.length == 0 ? message : String.format(Locale.ROOT, message, values), null, false, false);
        this.reason = reason;
    }

    /** The beginning of a client's text, without characters that a message cannot show. */
    public static String excerpt(String text) {
        String start = text.codePointCount(0, text.length()) <= LONGEST_EXCERPT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_EXCERPT)) + "…";
        return UNPRINTABLE.matcher(start).replaceAll("?");
    }

    /** Why the request is rejected. */
    public Reason reason() {
        return reason;
    }
}
