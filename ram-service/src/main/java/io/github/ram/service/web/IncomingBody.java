package io.github.ram.service.web;

import io.github.ram.service.RamMetrics;
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
 * <p>Memory is taken for what has come, not for what is announced, and of what is left for the bodies of all requests.
 */
final class IncomingBody implements ReadListener, AsyncListener {

    /** How much of a body that is refused is read and dropped, so that its client gets to see the refusal. */
    private static final int DROPPED = 2 << 20;

    private static final int BLOCK = 8 << 10;

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final ServletInputStream in;
    private final int limit;
    private final BodyMemory memory;
    private final RamMetrics metrics;
    private final long announced;
    private byte[] bytes = new byte[0];
    private int size;
    private int taken; // of the memory
    private long received;
    private Refusal refusal;
    private boolean goesOn;
    private boolean brokenOff;

    /** @param refusal why it is not wanted; null if it is */
    IncomingBody(
            HttpServletRequest request,
            HttpServletResponse response,
            int limit,
            BodyMemory memory,
            RamMetrics metrics,
            Refusal refusal)
            throws IOException {
        this.request = request;
        this.response = response;
        this.in = request.getInputStream();
        this.limit = limit;
        this.memory = memory;
        this.metrics = metrics;
        this.announced = request.getContentLengthLong();
        this.refusal = refusal == null && announced > limit ? tooLarge() : refusal;
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
            bytes = larger();
        }
        int count = in.read(bytes, size, bytes.length - size);
        if (count > 0) {
            received += count;
            size = refusal == null ? size + count : 0;
            if (size > limit) {
                drop(tooLarge());
            }
        }
    }

    /** The same bytes with room for more; for a body that goes by, room alone. */
    private byte[] larger() {
        if (refusal == null) {
            // If it is not announced, one more than is allowed, to see whether there is more than is allowed.
            long most = announced > 0 ? announced : limit + 1L;
            int length = (int) Math.min(Math.max(BLOCK, 2L * size), most);
            if (memory.take(length - bytes.length)) {
                taken += length - bytes.length;
                return Arrays.copyOf(bytes, length);
            }
            drop(new Refusal(
                    Reason.QUEUE_FULL,
                    "more bodies are coming in than the service has memory for: send the request again later"));
        }
        return new byte[BLOCK];
    }

    /** From here on the body is read only to go by. */
    private void drop(Refusal why) {
        refusal = why;
        size = 0;
        bytes = new byte[0];
        release();
    }

    /** Gives back the memory, once nobody reads the body any more. */
    void release() {
        memory.giveBack(taken);
        taken = 0;
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
            brokenOff = true;
            Refusal why = refusal == null ? incomplete() : refusal;
            metrics.rejected(why.reason());
            Client.answer(request, response, why);
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

    private Refusal tooLarge() {
        return new Refusal(
                Reason.TOO_LARGE,
                "the body is larger than the %d bytes allowed: send a smaller image".formatted(limit));
    }

    private static Refusal incomplete() {
        return new Refusal(Reason.MALFORMED, "the body ends before it should, or came too slowly: send it again");
    }

    @Override
    public void onComplete(AsyncEvent event) {
        release();
    }

    @Override
    public void onError(AsyncEvent event) {
        if (brokenOff) {
            event.getAsyncContext().complete(); // once more, or Tomcat takes the client's fault for the service's
        }
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // of no concern here
    }
}
