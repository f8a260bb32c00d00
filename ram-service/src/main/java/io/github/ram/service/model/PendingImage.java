package io.github.ram.service.model;

import io.github.ram.model.Query;

/**
 * An image that waits for a worker.
 *
 * @param request whose it is
 * @param place its place in that request, from 0
 * @param query what is asked
 * @param since when it began to wait, in nanoseconds of {@link System#nanoTime}
 */
record PendingImage(PendingRequest request, int place, Query query, long since) {}
