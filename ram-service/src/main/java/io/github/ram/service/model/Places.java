package io.github.ram.service.model;

import io.github.ram.model.Prediction;
import io.github.ram.model.Query;
import io.github.ram.service.Refusal;
import io.github.ram.service.Refusal.Reason;
import io.github.ram.service.web.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Places in the queue that are kept for the images of one request, while they are decoded. What has not
 * been used of them is given back at the end.
 */
public final class Places implements AutoCloseable {

    /** How often it is looked whether a client that waits is still there. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final PredictionQueue queue;
    private final int pixels;
    private final long begin = System.nanoTime();
    private final long deadlineNanos;
    private long looked = begin;
    private int free;

    /** @param pixels of an image: H·W·C */
    Places(PredictionQueue queue, int images, int pixels, long deadlineNanos) {
        queue.reserve(images);
        this.queue = queue;
        this.free = images;
        this.pixels = pixels;
        this.deadlineNanos = deadlineNanos;
    }

    /**
     * Predicts the classes of images. Up to the engine's {@link io.github.ram.model.Classifier#exactSize exact
     * size} a prediction does not depend on the other images of its batch; in larger batches its last bits may.
     *
     * @param queries at most as many as there are places
     * @return a prediction a query, in their order
     * @throws Refusal if the deadline passes first, or the client hangs up; then what is left to do is dropped
     * @throws IllegalArgumentException if an image has not H·W·C pixels
     */
    public List<Prediction> predict(List<Query> queries) {
        PendingRequest request = new PendingRequest(queries.size());
        List<PendingImage> pending = new ArrayList<>(queries.size());
        long now = System.nanoTime();
        for (Query query : queries) {
            // Here, in the thread of the one who sent it, so that it cannot spoil a batch of others'.
            if (query.input().length != pixels) {
                throw new IllegalArgumentException(
                        "an image of this model has %d pixels, got %d".formatted(pixels, query.input().length));
            }
            pending.add(new PendingImage(request, pending.size(), query, now));
        }
        if (queries.size() > free) {
            throw new IllegalArgumentException(
                    "there are %d places, and %d images for them".formatted(free, queries.size()));
        }
        free -= queries.size();
        queue.add(pending);
        boolean answered = false;
        try {
            await(request::await);
            answered = true;
        } finally {
            if (!answered) {
                queue.remove(request);
            }
        }
        return request.predictions();
    }

    /**
     * Takes a permit, which the caller gives back.
     *
     * @throws Refusal if the deadline passes first, or the client hangs up
     */
    public void awaitTurn(Semaphore permits) {
        await(nanos -> permits.tryAcquire(nanos, TimeUnit.NANOSECONDS));
    }

    /** Waits until it has come, or nobody wants it any more. */
    private void await(Awaited awaited) {
        try {
            while (!awaited.comes(Math.min(LOOK_NANOS, nanosLeft()))) {
                requireClient();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(Reason.UNAVAILABLE, "the service is shutting down: send the request again");
        }
    }

    /** What a request waits for. */
    private interface Awaited {

        /** Waits for it as long as said, and tells whether it has come. */
        boolean comes(long nanos) throws InterruptedException;
    }

    /**
     * Goes on with work for the request. To be asked often: it costs next to nothing.
     *
     * @throws Refusal if the deadline has passed, or the client has hung up
     */
    public void requireWanted() {
        nanosLeft();
        if (System.nanoTime() - looked >= LOOK_NANOS) {
            requireClient();
            looked = System.nanoTime();
        }
    }

    private static void requireClient() {
        if (Client.isGone()) {
            throw new Refusal(Reason.ABANDONED, "the client has hung up before its answer");
        }
    }

    /** The time that the request still has, in nanoseconds, above 0. */
    private long nanosLeft() {
        long left = deadlineNanos - (System.nanoTime() - begin);
        if (left <= 0) {
            throw new Refusal(
                    Reason.DEADLINE, "no answer within the time allowed, and none will come: send the request again");
        }
        return left;
    }

    @Override
    public void close() {
        queue.release(free);
        free = 0;
    }
}
