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
 * <p>A request reserves room for all of its images, or is rejected, before they are decoded. Images are taken one by one,
 * so the workers share a large request and mix it with small ones. Room is held until the image has been predicted, which
 * bounds how long a request takes.
 */
final class PredictionQueue {

    private final int capacity;
    private final Queue<PendingImage> waiting = new ArrayDeque<>();
    private int reserved; // of the capacity
    private boolean closed;

    /** @param capacity most images that wait or are being predicted */
    PredictionQueue(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Reserves room for the images of a request.
     *
     * @throws Rejection if there is no room for all of them
     */
    synchronized void reserve(int images) {
        if (images > capacity - reserved) {
            throw full();
        }
        reserved += images;
    }

    /** Releases the room of images that have been predicted, or were not added. */
    synchronized void release(int images) {
        reserved -= images;
    }

    /** Adds images whose room has been reserved. */
    synchronized void add(List<PendingImage> images) {
        waiting.addAll(images);
        // A worker takes a whole batch, so one is enough for a single image.
        if (images.size() == 1) {
            notify();
        } else {
            notifyAll();
        }
    }

    /** Rejects a request while there is no room at all. */
    synchronized void requireRoom() {
        if (reserved >= capacity) {
            throw full();
        }
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

    /** Removes the waiting images of a request and releases their room. */
    synchronized void remove(PendingRequest request) {
        int before = waiting.size();
        waiting.removeIf(image -> image.request() == request);
        reserved -= before - waiting.size();
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
