package io.github.ram.service.model;

import io.github.ram.model.Classifier;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.Prediction;
import io.github.ram.model.Query;
import io.github.ram.service.RamMetrics;
import io.github.ram.service.RamProperties;
import io.github.ram.service.Rejection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Predicts for requests of every kind.
 *
 * <p>Images wait in a {@link PredictionQueue}. Each {@link Worker} takes the waiting images of any requests and runs them
 * together. No image waits for a batch to fill: an idle service answers a single image at once, and a busy service has
 * large batches.
 */
public final class Predictor implements AutoCloseable {

    private final int pixels;
    private final float[] normalised;
    private final long deadlineNanos;
    private final PredictionQueue queue;
    private final List<Worker> workers;

    /** Starts the workers, on classifiers that share their weights. */
    Predictor(ModelSpec model, Classifier classifier, RamProperties properties, RamMetrics metrics) {
        this.pixels = model.image().size();
        this.normalised = model.input().table();
        this.deadlineNanos = properties.deadline().toNanos();
        this.queue = new PredictionQueue(limits(properties), properties.threads());
        int batchSize = properties.batch().maxSize();
        this.workers = IntStream.range(0, properties.threads())
                .mapToObj(i -> i == 0 ? classifier : classifier.fork())
                .map(own -> new Worker(own, batchSize, queue, metrics))
                .toList();
        metrics.queueDepth(queue::size);
        Query blank = query(new byte[pixels], 1);
        workers.forEach(worker -> worker.start(blank));
    }

    private PredictionQueue.Limits limits(RamProperties properties) {
        RamProperties.Queue settings = properties.queue();
        int images =
                settings.capacity() == null ? Math.max(properties.limits().batch(), mostImages()) : settings.capacity();
        return new PredictionQueue.Limits(settings.requests(), images, deadlineNanos);
    }

    /** Images that fit in an eighth of the heap, each as floats and as the bytes and objects of its request. */
    private int mostImages() {
        long each = (Float.BYTES + 1L) * pixels + 1024;
        return (int) Math.min(RamProperties.Queue.MOST, Runtime.getRuntime().maxMemory() / 8 / each);
    }

    /**
     * Makes a query of an image of bytes.
     *
     * @param pixels [H, W, C], each an unsigned byte, 0 the background
     * @param rollouts M, in [1, 1000]: how many rollouts' probabilities are averaged
     */
    public Query query(byte[] pixels, int rollouts) {
        return Query.of(pixels, normalised, rollouts);
    }

    /**
     * Reserves room in the queue for images before they are decoded, so that no image is decoded in vain.
     *
     * @throws Rejection if there is no room for all of them
     */
    public QueueReservation reserve(int images) {
        return new QueueReservation(queue, images, pixels, deadlineNanos);
    }

    /**
     * Predicts the class of an image.
     *
     * @throws Rejection see {@link #predict(List)}
     */
    public Prediction predict(Query query) {
        return predict(List.of(query)).get(0);
    }

    /**
     * Predicts the classes of images that need no decoding.
     *
     * @return a prediction a query, in their order
     * @throws Rejection if there is no room for the images in the queue, or as {@link QueueReservation#predict} does
     * @throws IllegalArgumentException if an image has not H·W·C pixels
     */
    public List<Prediction> predict(List<Query> queries) {
        try (QueueReservation reservation = reserve(queries.size())) {
            return reservation.predict(queries);
        }
    }

    /**
     * Predicts the classes of images that need no decoding, without waiting for them. Cancelling the answer drops the
     * remaining work.
     *
     * @return a prediction a query, in their order, completed in a thread that may not wait; past the deadline a
     *     {@link java.util.concurrent.TimeoutException}
     * @throws Rejection if there is no room for the images in the queue
     * @throws IllegalArgumentException if an image has not H·W·C pixels
     */
    public CompletableFuture<List<Prediction>> predictLater(List<Query> queries) {
        QueueReservation reservation = reserve(queries.size());
        try {
            return reservation.predictLater(queries);
        } catch (RuntimeException e) {
            reservation.close();
            throw e;
        }
    }

    /**
     * Rejects a request that cannot be answered, before any work is put into it.
     *
     * @throws Rejection if the queue is full
     */
    public void admit() {
        queue.requireRoom();
    }

    /** Releases the engines. No request may be left. */
    @Override
    public void close() {
        queue.close();
        workers.forEach(Worker::close);
    }
}
