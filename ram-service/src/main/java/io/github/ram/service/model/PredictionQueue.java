package io.github.ram.service.model;

import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * The images that wait for a worker, first in, first out.
 *
 * <p>A request reserves room for all of its images, or is rejected, before they are decoded. Three limits decide: the
 * requests, the images, and the time that the accepted work takes at the workers' pace. Images are taken one by one, so
 * the workers share a large request and mix it with small ones. Room is held until the image has been predicted.
 */
final class PredictionQueue {

    /**
     * What the queue accepts.
     *
     * @param requests most requests at a time
     * @param images most images that wait or are being predicted
     * @param nanos most nanoseconds that the accepted work may take. An idle queue takes a request of any length
     */
    record Limits(int requests, int images, long nanos) {}

    /** Share of the newest batch in the pace. */
    private static final double NEWEST = 0.1;

    private final Limits limits;
    private final int workers;
    private final Queue<PendingImage> waiting = new ArrayDeque<>();
    private int requests;
    private int images;
    private long rollouts; // of the accepted images; one an image before the image is added
    private double pace; // nanoseconds a rollout of one worker
    private boolean closed;

    /** @param workers that take images */
    PredictionQueue(Limits limits, int workers) {
        this.limits = limits;
        this.workers = workers;
    }

    /**
     * Accepts a request and reserves room for its images. {@link #end} ends the request.
     *
     * @throws Rejection if a limit forbids it
     */
    synchronized void begin(int count) {
        if (requests >= limits.requests() || count > limits.images() - images || isTooLong(count)) {
            throw full();
        }
        requests++;
        images += count;
        rollouts += count;
    }

    /** Ends a request and releases the room of images that were not added. */
    synchronized void end(int unused) {
        requests--;
        images -= unused;
        rollouts -= unused;
    }

    /** Adds images whose room has been reserved. */
    synchronized void add(List<PendingImage> added) {
        waiting.addAll(added);
        rollouts += rollouts(added) - added.size();
        // A worker takes a whole batch, so one is enough for a single image.
        if (added.size() == 1) {
            notify();
        } else {
            notifyAll();
        }
    }

    /** Rejects a request if there is no room for even one image. */
    synchronized void requireRoom() {
        if (requests >= limits.requests() || images >= limits.images() || isTooLong(1)) {
            throw full();
        }
    }

    private boolean isTooLong(int more) {
        return rollouts > 0 && (rollouts + more) * pace / workers > limits.nanos();
    }

    private static Rejection full() {
        return new Rejection(Reason.QUEUE_FULL, "the queue is full: send the request again later");
    }

    /**
     * Takes the waiting images at once, without waiting for more. Waits only if there is none.
     *
     * @param most rollouts; one image is taken even if it needs more
     * @return at least one image; none once the queue is closed and empty
     */
    synchronized List<PendingImage> take(int most) throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        List<PendingImage> batch = new ArrayList<>();
        int taken = 0;
        for (PendingImage next = waiting.peek(); next != null; next = waiting.peek()) {
            taken += next.query().rollouts();
            if (!batch.isEmpty() && taken > most) {
                break;
            }
            batch.add(waiting.remove());
        }
        return batch;
    }

    /** Releases the room of images that were taken. */
    synchronized void release(List<PendingImage> taken) {
        images -= taken.size();
        rollouts -= rollouts(taken);
    }

    /** Learns how long a worker took for a batch. */
    synchronized void observe(long nanos, int batch) {
        double newest = (double) nanos / batch;
        pace = pace == 0 ? newest : (1 - NEWEST) * pace + NEWEST * newest;
    }

    /** Removes the waiting images of a request and releases their room. */
    synchronized void remove(PendingRequest request) {
        List<PendingImage> removed = new ArrayList<>();
        waiting.removeIf(image -> image.request() == request && removed.add(image));
        release(removed);
    }

    private static int rollouts(List<PendingImage> images) {
        return images.stream().mapToInt(image -> image.query().rollouts()).sum();
    }

    /** Returns the number of waiting images. */
    synchronized int size() {
        return waiting.size();
    }

    /** Ends the workers once the queue is empty. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
