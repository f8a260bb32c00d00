package io.github.ram.service.web;

import io.github.ram.service.RamMetrics;
import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of a request while it arrives. It is the request's attribute of its class's name.
 *
 * <p>Memory is reserved for bytes that arrived, not for bytes that were announced, from the memory of all bodies.
 *
 * <p>The body of a rejected request is read and dropped. A client that is still sending when its connection closes
 * would not see the answer. A client that announced too much and then sends nothing is answered after a second.
 */
final class IncomingBody implements ReadListener, AsyncListener {

    private static final Logger LOG = LoggerFactory.getLogger(IncomingBody.class);

    private static final int BLOCK = 8 << 10;

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final int limit;
    private final Semaphore memory;
    private final RamMetrics metrics;
    private final long announced; // 0 without a body, -1 for chunks
    private final AtomicBoolean ended = new AtomicBoolean();
    private byte[] bytes = new byte[0];
    private int size;
    private int reserved; // of the memory
    private volatile long received;
    private Rejection rejection;
    private AsyncContext wait;
    private ScheduledExecutorService timer;
    private Future<?> deadline;
    private volatile Future<?> silence;
    private long seen; // of what was received, by the timer
    private volatile boolean late;

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

    /** The body of a request that {@link BodyFilter} passed on; null before. */
    static IncomingBody of(HttpServletRequest request) {
        return (IncomingBody) request.getAttribute(IncomingBody.class.getName());
    }

    /**
     * The whole body without its content coding, empty if there is none.
     *
     * @throws Rejection if the coding is unknown, the body is damaged or too large, or there is no memory for it
     */
    byte[] bytes() {
        byte[] sent = size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
        ContentCoding coding = ContentCoding.of(request);
        if (coding == ContentCoding.IDENTITY || sent.length == 0) {
            return sent;
        }
        bytes = new byte[0];
        size = 0;
        try (InputStream in = coding.decode(new ByteArrayInputStream(sent))) {
            for (int count = 0; count >= 0; count = in.read(bytes, size, bytes.length - size)) {
                size += count;
                if (size > limit) {
                    throw tooLarge();
                }
                if (size == bytes.length && !grow(limit + 1L)) {
                    throw outOfMemory();
                }
            }
        } catch (IOException e) {
            throw new Rejection(
                    Reason.MALFORMED, "the body is not valid %s: send all of it, or send it uncompressed", coding);
        }
        return Arrays.copyOf(bytes, size);
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
     * @return whether the body is complete
     */
    boolean readAvailable() throws IOException {
        if (announced > limit) {
            reject(tooLarge());
            return false;
        }
        while (received < announced && request.getInputStream().available() > 0) {
            read(request.getInputStream());
        }
        return received == announced;
    }

    /**
     * Reads the rest of the body without a thread. Then, or after the time, the request is dispatched again. The timer
     * replaces the timeout of the container, which Spring's metrics count as a second request.
     */
    void receive(Duration time, ScheduledExecutorService bodyTimer) throws IOException {
        wait = request.startAsync();
        wait.setTimeout(0);
        wait.addListener(this);
        timer = bodyTimer;
        deadline = timer.schedule(this::expire, time.toMillis(), TimeUnit.MILLISECONDS);
        watchIfTooLarge();
        request.getInputStream().setReadListener(this);
    }

    private void expire() {
        late = true;
        end();
    }

    /** Waits for the rest of a body that is too large only as long as bytes arrive. */
    private void watchIfTooLarge() {
        if (silence == null && isRejected() && Math.max(announced, received) > limit) {
            silence = timer.scheduleWithFixedDelay(
                    () -> {
                        if (received == seen) {
                            end();
                        }
                        seen = received;
                    },
                    1,
                    1,
                    TimeUnit.SECONDS);
        }
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
        // A body of unknown length gets one byte more than is allowed, which shows that it is too large.
        if (size == bytes.length && !grow(announced > 0 ? announced : limit + 1L)) {
            reject(outOfMemory());
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

    /** Makes room for further bytes, at most so many in all, if there is memory for it. */
    private boolean grow(long most) {
        if (isRejected()) {
            return true; // The same block takes all that is dropped.
        }
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
        while (!ended.get() && in.isReady() && !in.isFinished()) {
            read(in);
            watchIfTooLarge();
        }
    }

    @Override
    public void onAllDataRead() {
        received = announced; // which is not known of chunks
        end();
    }

    /** The connection cannot be read any further, so there is no dispatch after this. */
    @Override
    public void onError(Throwable failure) {
        if (endWait()) {
            try {
                reject(incomplete());
                answer();
            } catch (IOException e) {
                LOG.debug("No response: the client is gone", e);
            }
            wait.complete();
        }
    }

    private void end() {
        if (endWait()) {
            wait.dispatch();
        }
    }

    /** Ends the wait, and returns whether this call did. */
    private boolean endWait() {
        boolean first = ended.compareAndSet(false, true);
        deadline.cancel(false);
        if (silence != null) {
            silence.cancel(false);
        }
        return first;
    }

    /** Rejects a body that did not arrive in time. */
    void requireTime() {
        if (late) {
            reject(incomplete());
        }
    }

    private static Rejection incomplete() {
        return new Rejection(Reason.MALFORMED, "the body ends before it should, or came too slowly: send it again");
    }

    private static Rejection outOfMemory() {
        return new Rejection(
                Reason.QUEUE_FULL,
                "more bodies are arriving than the service has memory for: send the request again later");
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
    public void onTimeout(AsyncEvent event) {
        // The timer ends the wait.
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // A body needs no second wait.
    }
}
