package io.github.ram.service.model;

import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * The images that wait for a worker, first come, first served.
 *
 * <p>A request reserves places for all of its images or gets none, before it is decoded; from then on each
 * image goes its own way, so a large request is shared among the workers and mixes with small ones. A place is taken
 * until its image has been predicted: so the places bound how long a request can take.
 */
final class PredictionQueue {

    private final int capacity;
    private final Queue<PendingImage> waiting = new ArrayDeque<>();
    private int taken; // of the places
    private boolean closed;

    /** @param capacity how many places there are */
    PredictionQueue(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Keeps places for the images of a request.
     *
     * @throws Rejection if there is not room for all of them
     */
    synchronized void reserve(int images) {
        if (images > capacity - taken) {
            throw full();
        }
        taken += images;
    }

    /** Gives back places: of images that have been predicted, or were never added. */
    synchronized void release(int images) {
        taken -= images;
    }

    /** Lets images wait in places that have been reserved. */
    synchronized void add(List<PendingImage> images) {
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
        if (taken >= capacity) {
            throw full();
        }
    }

    private static Rejection full() {
        return new Rejection(
                Reason.QUEUE_FULL,
                "there are as many images here as the service takes in: send the request again later");
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
        List<PendingImage> batch = new ArrayList<>();
        int rollouts = 0;
        for (PendingImage next = waiting.peek(); next != null; next = waiting.peek()) {
            rollouts += next.query().rollouts();
            if (!batch.isEmpty() && rollouts > most) {
                break;
            }
            batch.add(waiting.remove());
        }
        return batch;
    }

    /** Takes out what is left of a request, whose places are free at once. */
    synchronized void remove(PendingRequest request) {
        int before = waiting.size();
        waiting.removeIf(image -> image.request() == request);
        taken -= before - waiting.size();
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
