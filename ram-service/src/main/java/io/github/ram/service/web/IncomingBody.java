package io.github.ram.service.web;

import io.github.ram.service.Refusal;
import io.github.ram.service.Refusal.Reason;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;

/**
 * The body of a request while it comes in, and then: all of it, or why it is refused. It is the request's
 * attribute of its class's name.
 *
 * <p>Memory is taken for what has come, not for what is announced.
 */
final class IncomingBody implements ReadListener, AsyncListener {

    /** How much of a body that is refused is read and dropped, so that its client gets to see the refusal. */
    private static final int DROPPED = 2 << 20;

    private static final int BLOCK = 8 << 10;

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final ServletInputStream in;
    private final int limit;
    private final long announced;
    private byte[] bytes = new byte[0];
    private int size;
    private long received;
    private Refusal refusal;
    private boolean goesOn;

    IncomingBody(HttpServletRequest request, HttpServletResponse response, int limit) throws IOException {
        this.request = request;
        this.response = response;
        this.in = request.getInputStream();
        this.limit = limit;
        this.announced = request.getContentLengthLong();
        if (announced > limit) {
            refusal = tooLarge(limit);
        }
        request.setAttribute(IncomingBody.class.getName(), this);
    }

    /** The body of a request that had one. */
    static IncomingBody of(HttpServletRequest request) {
        return (IncomingBody) request.getAttribute(IncomingBody.class.getName());
    }

    /**
     * All of it.
     *
     * @throws Refusal if it is refused
     */
    byte[] bytes() {
        if (refusal != null) {
            throw refusal;
        }
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    /**
     * Reads what has come together with the headers. Does not wait.
     *
     * @return whether the request can go on
     */
    boolean readWhatIsHere() {
        boolean waitsForConsent = request.getHeader("Expect") != null;
        if (waitsForConsent && refusal != null) {
            return true; // Its client has not been asked for it, and will not be.
        }
        if (waitsForConsent) {
            Client.askForBody(request);
        }
        try {
            while (received < announced && in.available() > 0) {
                read();
            }
        } catch (IOException e) {
            refuse(incomplete());
            return true;
        }
        return received == announced;
    }

    /** Reads some of what is there, which must not be nothing. */
    private void read() throws IOException {
        if (size == bytes.length) {
            // One more than is allowed, to see whether there is more than is allowed.
            long room = announced > 0 && announced <= BLOCK ? announced : Math.max(BLOCK, 2L * size);
            bytes = Arrays.copyOf(bytes, (int) Math.min(room, limit + 1L));
        }
        int count = in.read(bytes, size, bytes.length - size);
        if (count > 0) {
            received += count;
            size = refusal == null ? size + count : 0;
            if (size > limit) {
                refusal = tooLarge(limit);
                size = 0;
            }
        }
    }

    @Override
    public void onDataAvailable() {
        try {
            while (!goesOn && in.isReady()) {
                read();
                if (refusal != null && received > limit + DROPPED) {
                    refuse(refusal);
                }
            }
        } catch (IOException e) {
            breakOff();
        }
    }

    @Override
    public void onAllDataRead() {
        goOn();
    }

    @Override
    public void onError(Throwable failure) {
        breakOff();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        refuse(refusal == null ? incomplete() : refusal);
    }

    /** The connection cannot be read any further. */
    private void breakOff() {
        if (!goesOn && request.isAsyncStarted()) {
            goesOn = true;
            Client.answer(request, refusal == null ? incomplete() : refusal);
            request.getAsyncContext().complete();
        }
    }

    /** The rest of the body is not waited for. */
    private void refuse(Refusal why) {
        refusal = why;
        response.setHeader("Connection", "close"); // what else comes is not a request
        goOn();
    }

    private void goOn() {
        if (!goesOn && request.isAsyncStarted()) {
            goesOn = true;
            request.getAsyncContext().dispatch();
        }
    }

    static Refusal tooLarge(int limit) {
        return new Refusal(
                Reason.TOO_LARGE,
                "the body is larger than the %d bytes allowed: send a smaller image".formatted(limit));
    }

    private static Refusal incomplete() {
        return new Refusal(Reason.MALFORMED, "the body ends before it should, or came too slowly: send it again");
    }

    @Override
    public void onComplete(AsyncEvent event) {
        // nothing to release
    }

    @Override
    public void onError(AsyncEvent event) {
        // what failed was the handling of the request, not its body
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // of no concern here
    }
}
