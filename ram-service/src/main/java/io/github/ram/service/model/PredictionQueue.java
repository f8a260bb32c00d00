package io.github.ram.service.model;

import io.github.ram.service.Refusal;
import io.github.ram.service.Refusal.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * The images that wait for a worker, first come, first served.
 *
 * <p>A request reserves places for all of its images or gets none, before it is decoded; from then on each
 * image goes its own way, so a large request is shared among the workers and mixes with small ones.
 */
final class PredictionQueue {

    private final int capacity;
    private final Queue<PendingImage> waiting = new ArrayDeque<>();
    private int reserved;
    private boolean closed;

    /** @param capacity the most images that wait at a time, those included for which places are kept */
    PredictionQueue(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Keeps places for the images of a request.
     *
     * @throws Refusal if there is not room for all of them
     */
    synchronized void reserve(int images) {
        if (images > capacity - reserved - waiting.size()) {
            throw full();
        }
        reserved += images;
    }

    /** Gives back places that have been reserved and not been taken. */
    synchronized void release(int images) {
        reserved -= images;
    }

    /** Lets images wait in places that have been reserved. */
    synchronized void add(List<PendingImage> images) {
        reserved -= images.size();
        waiting.addAll(images);
        // Each worker takes all that it can carry, so to wake one is enough unless there is more than that.
        if (images.size() == 1) {
            notify();
        } else {
            notifyAll();
        }
    }

    /** Refuses whoever comes while there is no room at all, before any work is put into the request. */
    synchronized void requireRoom() {
        if (reserved + waiting.size() >= capacity) {
            throw full();
        }
    }

    private static Refusal full() {
        return new Refusal(Reason.QUEUE_FULL, "more images wait than the service keeps: send the request again later");
    }

    /**
     * Takes what waits, at once and without waiting for more; only if nothing does, waits for something.
     *
     * @param most rollouts; one image is taken even if it wants more
     * @return at least one image; none once the queue is closed and empty
     */
    synchronized List<PendingImage> take(int most) throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        List<PendingImage> taken = new ArrayList<>();
        int rollouts = 0;
        for (PendingImage next = waiting.peek(); next != null; next = waiting.peek()) {
            rollouts += next.query().rollouts();
            if (!taken.isEmpty() && rollouts > most) {
                break;
            }
            taken.add(waiting.remove());
        }
        return taken;
    }

    /** Takes out what is left of a request, whose places are free at once. */
    synchronized void remove(PendingRequest request) {
        waiting.removeIf(image -> image.request() == request);
    }

    /** Images that wait. */
    synchronized int size() {
        return waiting.size();
    }

    /** Lets the workers go when nothing waits any more. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
