package io.github.ram.service;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;

/**
 * A request is refused. The message is one line for whoever sent it: what is wrong and what to do.
 *
 * <p>Refusals are the client's doing and may come by the thousand, so they carry no stack trace.
 */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Why a request is refused. The name, in lower case, is the label of {@code ram_rejected_total}. */
    public enum Reason {
        /** The body cannot be read: empty, cut short, damaged. */
        MALFORMED(HttpStatus.BAD_REQUEST),
        /** There is no such model, or version of it. */
        NOT_FOUND(HttpStatus.NOT_FOUND),
        /** It has no key, or not a valid one, where one is needed. */
        UNAUTHORIZED(HttpStatus.UNAUTHORIZED),
        /** The body or the image is larger than the limits. */
        TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),
        /** Not a kind of content that is read here. */
        UNSUPPORTED_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
        /** It can be read, but is nothing the model could look at. */
        UNUSABLE(HttpStatus.UNPROCESSABLE_CONTENT),
        /** More waits than the service keeps. */
        QUEUE_FULL(HttpStatus.TOO_MANY_REQUESTS),
        /** The service is starting or shutting down. */
        UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),
        /** There was no answer in time. */
        DEADLINE(HttpStatus.GATEWAY_TIMEOUT);

        private final HttpStatus status;

        Reason(HttpStatus status) {
            this.status = status;
        }

        /** The status that answers it. */
        public HttpStatus status() {
            return status;
        }

        /** The reason that a status stands for, if it is one of these. */
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

    private static final int LONGEST_TOLD = 40;

    /** What would break a line, reorder it, or be no text. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private final Reason reason;

    /**
     * @param reason decides the status
     * @param message one line for the client, a format if there are values
     * @param values for the format, in no locale's digits
     */
    public Refusal(Reason reason, String message, Object... values) {
        super(values.length == 0 ? message : String.format(Locale.ROOT, message, values), null, false, false);
        this.reason = reason;
    }

    /** A client's own words, as much of them as a message can bear. */
    public static String told(String words) {
        String start = words.codePointCount(0, words.length()) <= LONGEST_TOLD
                ? words
                : words.substring(0, words.offsetByCodePoints(0, LONGEST_TOLD)) + "…";
        return UNPRINTABLE.matcher(start).replaceAll("?");
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
