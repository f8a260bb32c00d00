package io.github.ram.service.model;

import io.github.ram.model.Prediction;
import io.github.ram.model.Query;
import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reserved room in the queue for the images of one request, from before they are decoded, and the request's deadline. Room
 * that is not used is released at the end.
 */
public final class QueueReservation implements AutoCloseable {

    private final PredictionQueue queue;
    private final int pixels;
    private final long begin = System.nanoTime();
    private final long deadlineNanos;
    private int free;
    private boolean closed;

    /** @param pixels of an image: H·W·C */
    QueueReservation(PredictionQueue queue, int images, int pixels, long deadlineNanos) {
        queue.begin(images);
        this.queue = queue;
        this.free = images;
        this.pixels = pixels;
        this.deadlineNanos = deadlineNanos;
    }

    /**
     * Predicts the classes of images. Up to the engine's {@link io.github.ram.model.Classifier#exactSize exact
     * size} a prediction does not depend on the other images of its batch; in larger batches its last bits may.
     *
     * @param queries at most as many as were reserved
     * @return a prediction a query, in their order
     * @throws Rejection if the deadline passes first; then the remaining work is dropped
     * @throws IllegalArgumentException if an image has not H·W·C pixels
     */
    public List<Prediction> predict(List<Query> queries) {
        CompletableFuture<List<Prediction>> answer = enqueue(queries);
        try {
            return answer.get(nanosLeft(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the engine failed", e.getCause());
        } catch (TimeoutException e) {
            throw late();
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            answer.cancel(false);
        }
    }

    /**
     * Predicts the classes of images without waiting for them, and closes this reservation at the end. Cancelling the
     * answer drops the remaining work.
     *
     * @return as {@link #predict} does; past the deadline a {@link TimeoutException}
     * @throws Rejection if the deadline has passed
     */
    CompletableFuture<List<Prediction>> predictLater(List<Query> queries) {
        CompletableFuture<List<Prediction>> given = new CompletableFuture<>();
        long left = nanosLeft();
        CompletableFuture<List<Prediction>> answer = enqueue(queries);
        answer.whenComplete((predictions, failure) -> {
            close(); // Before the answer, so that a client's next request finds room.
            if (failure == null) {
                given.complete(predictions);
            } else {
                given.completeExceptionally(failure);
            }
        });
        given.orTimeout(left, TimeUnit.NANOSECONDS).whenComplete((predictions, failure) -> answer.cancel(false));
        return given;
    }

    /** Adds images to the queue. If the answer fails or is cancelled, those that still wait are removed. */
    private CompletableFuture<List<Prediction>> enqueue(List<Query> queries) {
        PendingRequest request = new PendingRequest(queries.size());
        List<PendingImage> pending = new ArrayList<>(queries.size());
        long now = System.nanoTime();
        for (Query query : queries) {
            // Checked here, in the request's own thread: in a worker it would fail the other images of the batch.
            if (query.input().length != pixels) {
                throw new IllegalArgumentException(
                        "an image of this model has " + pixels + " pixels, got " + query.input().length);
            }
            pending.add(new PendingImage(request, pending.size(), query, now));
        }
        if (queries.size() > free) {
            throw new IllegalArgumentException("reserved " + free + ", got " + queries.size() + " images");
        }
        free -= queries.size();
        CompletableFuture<List<Prediction>> answer = request.answer();
        answer.whenComplete((predictions, failure) -> {
            if (failure != null) {
                queue.remove(request);
            }
        });
        queue.add(pending);
        return answer;
    }

    /**
     * Waits for permits, which the caller releases.
     *
     * @return whether they were acquired before the deadline
     */
    public boolean acquire(Semaphore permits, int count) {
        try {
            return permits.tryAcquire(count, nanosLeft(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /**
     * Returns if the request has time left. The call is cheap.
     *
     * @throws Rejection if the deadline has passed
     */
    public void requireTime() {
        nanosLeft();
    }

    /** Returns the nanoseconds before the deadline, above 0. */
    private long nanosLeft() {
        long left = deadlineNanos - (System.nanoTime() - begin);
        if (left <= 0) {
            throw late();
        }
        return left;
    }

    /** Rejects a request whose deadline has passed. */
    public static Rejection late() {
        return new Rejection(Reason.DEADLINE, "no answer within the time limit: send the request again");
    }

    private static Rejection interrupted() {
        Thread.currentThread().interrupt();
        return new Rejection(Reason.UNAVAILABLE, "the service is shutting down: send the request again");
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            queue.end(free);
            free = 0;
        }
    }
}
