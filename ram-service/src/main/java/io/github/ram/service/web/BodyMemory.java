package io.github.ram.service.web;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of the heap the bodies of all requests together may take, while they come in and while they are read: without
 * a limit, a client with many connections could fill it.
 */
final class BodyMemory {

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    /** @param most bytes */
    BodyMemory(long most) {
        this.most = most;
    }

    /** Takes bytes, unless there are not as many left. */
    boolean take(long bytes) {
        if (taken.addAndGet(bytes) <= most) {
            return true;
        }
        giveBack(bytes);
        return false;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }
}
