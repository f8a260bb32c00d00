package io.github.ram.service.web;

import io.github.ram.service.RamMetrics;
import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of a request while it arrives. It is the request's attribute of its class's name.
 *
 * <p>Memory is reserved for bytes that arrived, not for bytes that were announced, from the memory of all bodies.
 *
 * <p>The body of a rejected request is read and dropped before the answer: a client that is still sending when its
 * connection closes does not see the answer. A body that is far too large is not read any further.
 */
final class IncomingBody implements ReadListener, AsyncListener {

    private static final Logger LOG = LoggerFactory.getLogger(IncomingBody.class);

    private static final int BLOCK = 8 << 10;

    /** Most bytes that are read and dropped. */
    private static final int MOST_DROPPED = 64 << 20;

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final int limit;
    private final Semaphore memory;
    private final RamMetrics metrics;
    private final long announced; // 0 without a body, -1 for chunks
    private byte[] bytes = new byte[0];
    private int size;
    private int reserved; // of the memory
    private long received;
    private Rejection rejection;
    private boolean ended;

    IncomingBody(
            HttpServletRequest request, HttpServletResponse response, int limit, Semaphore memory, RamMetrics metrics) {
        this.request = request;
        this.response = response;
        this.limit = limit;
        this.memory = memory;
        this.metrics = metrics;
        this.announced =
                request.getHeader("Transfer-Encoding") != null ? -1 : Math.max(0, request.getContentLengthLong());
        request.setAttribute(IncomingBody.class.getName(), this);
    }

    /** The body of a request that {@link BodyFilter} passed on. */
    static IncomingBody of(HttpServletRequest request) {
        return (IncomingBody) request.getAttribute(IncomingBody.class.getName());
    }

    /** The whole body, empty if there is none. */
    byte[] bytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    boolean isRejected() {
        return rejection != null;
    }

    /** Rejects the request, unless it is rejected already: the rest of its body is dropped. */
    void reject(Rejection reason) {
        if (rejection == null) {
            rejection = reason;
            release();
        }
    }

    /**
     * Reads the bytes that arrived together with the headers, without waiting.
     *
     * @return whether the body is complete, or not worth reading
     */
    boolean readAvailable() throws IOException {
        if (announced > limit) {
            reject(tooLarge());
        }
        while (received < announced && !isHopeless() && request.getInputStream().available() > 0) {
            read(request.getInputStream());
        }
        return received == announced || isHopeless();
    }

    private boolean isHopeless() {
        return isRejected() && Math.max(announced, received) > MOST_DROPPED;
    }

    /** Answers a rejected request. */
    void answer() throws IOException {
        metrics.rejected(rejection.reason());
        if (received != announced) {
            response.setHeader("Connection", "close"); // The next bytes on the connection are not a request.
        }
        if (rejection.reason() == Reason.QUEUE_FULL) {
            response.setHeader("Retry-After", "1");
        }
        ErrorDocument.of(request, rejection.reason().status(), rejection.getMessage())
                .write(response);
    }

    /** Reads some of the bytes that are there, at least one. */
    private void read(ServletInputStream in) throws IOException {
        if (size == bytes.length && !grow()) {
            reject(new Rejection(
                    Reason.QUEUE_FULL,
                    "more bodies are arriving than the service has memory for: send the request again later"));
        }
        int count = in.read(bytes, size, bytes.length - size);
        if (count > 0) {
            received += count;
            size = isRejected() ? 0 : size + count;
            if (size > limit) {
                reject(tooLarge());
            }
        }
    }

    /** Makes room for further bytes, if there is memory for it. */
    private boolean grow() {
        if (isRejected()) {
            return true; // The same block takes all that is dropped.
        }
        // A body of unknown length gets one byte more than is allowed, which shows that it is too large.
        long most = announced > 0 ? announced : limit + 1L;
        int length = (int) Math.min(Math.max(BLOCK, 2L * size), most);
        if (!memory.tryAcquire(length - bytes.length)) {
            return false;
        }
        reserved += length - bytes.length;
        bytes = Arrays.copyOf(bytes, length);
        return true;
    }

    /** Gives the memory back, once nothing reads the body any more. */
    void release() {
        memory.release(reserved);
        reserved = 0;
        size = 0;
        bytes = new byte[isRejected() ? BLOCK : 0];
    }

    @Override
    public void onDataAvailable() throws IOException {
        ServletInputStream in = request.getInputStream();
        while (!ended && in.isReady() && !in.isFinished()) {
            read(in);
            if (isHopeless()) {
                end();
            }
        }
    }

    @Override
    public void onAllDataRead() {
        received = announced; // which is not known of chunks
        end();
    }

    /** The connection cannot be read any further. */
    @Override
    public void onError(Throwable failure) {
        breakOff();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        breakOff();
    }

    private void breakOff() {
        reject(new Rejection(Reason.MALFORMED, "the body ends before it should, or came too slowly: send it again"));
        end();
    }

    /** Passes the request on, or answers it. */
    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        if (!isRejected()) {
            request.getAsyncContext().dispatch();
            return;
        }
        try {
            answer();
        } catch (IOException e) {
            LOG.debug("No response: the client is gone", e);
        }
        request.getAsyncContext().complete();
    }

    private Rejection tooLarge() {
        return new Rejection(Reason.TOO_LARGE, tooLarge(limit));
    }

    /** The detail of a body that is too large. */
    static String tooLarge(int limit) {
        return "the body is larger than the " + limit + " bytes allowed: send a smaller image";
    }

    @Override
    public void onComplete(AsyncEvent event) {
        release();
    }

    @Override
    public void onError(AsyncEvent event) {
        if (isRejected()) {
            event.getAsyncContext().complete(); // Otherwise Tomcat counts the client's error as the service's.
        }
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // A body needs no second wait.
    }
}
