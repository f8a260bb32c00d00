package io.github.ram.service.model;

import io.github.ram.model.Query;

/**
 * An image that waits for a worker.
 *
 * @param request that it belongs to
 * @param index in that request, from 0
 * @param query to the model
 * @param since when it began to wait, in nanoseconds of {@link System#nanoTime}
 */
record PendingImage(PendingRequest request, int index, Query query, long since) {}
