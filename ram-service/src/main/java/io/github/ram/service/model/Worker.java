package io.github.ram.service.model;

import io.github.ram.model.Classifier;
import io.github.ram.model.Prediction;
import io.github.ram.model.Query;
import io.github.ram.service.RamMetrics;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that predicts the images of the queue in batches, on its own engine. */
final class Worker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    /** Batches before the first request, so that no request runs uncompiled code. */
    private static final int WARM_UP = 50;

    private final Classifier classifier;
    private final int batchSize;
    private final PredictionQueue queue;
    private final RamMetrics metrics;
    private final Thread thread;

    /**
     * @param classifier closed with the worker
     * @param batchSize the most rollouts to run together
     */
    Worker(Classifier classifier, int batchSize, PredictionQueue queue, RamMetrics metrics) {
        this.classifier = classifier;
        this.batchSize = batchSize;
        this.queue = queue;
        this.metrics = metrics;
        this.thread = new Thread(this::work, "ram-worker");
        thread.setDaemon(true);
    }

    /** Warms the engine up and starts to take images from the queue. */
    void start(Query blank) {
        for (int i = 0; i < WARM_UP; i++) {
            classifier.predict(List.of(blank));
        }
        predict(List.of(blank));
        thread.start();
    }

    private void work() {
        try {
            for (List<PendingImage> batch = queue.take(batchSize); !batch.isEmpty(); batch = queue.take(batchSize)) {
                run(batch);
            }
        } catch (InterruptedException e) {
            LOG.error("Worker ended: reason=interrupted", e);
        }
    }

    private void run(List<PendingImage> batch) {
        try {
            List<Prediction> predictions = predictions(batch);
            for (int i = 0; i < batch.size(); i++) {
                metrics.predicted(predictions.get(i));
                batch.get(i).request().answer(batch.get(i).index(), predictions.get(i));
            }
        } catch (Throwable e) { // Not even an error may leave requests waiting, or end the worker.
            batch.forEach(image -> image.request().fail(e));
        }
    }

    /** Releases the images' room in the queue before the answers, so that a client's next request finds room. */
    private List<Prediction> predictions(List<PendingImage> batch) {
        try {
            List<Query> queries = batch.stream().map(PendingImage::query).toList();
            metrics.batch(rollouts(queries));
            batch.forEach(image -> metrics.waited(System.nanoTime() - image.since()));
            return metrics.inference(() -> predict(queries));
        } finally {
            queue.release(batch);
        }
    }

    private List<Prediction> predict(List<Query> queries) {
        long begin = System.nanoTime();
        List<Prediction> predictions = classifier.predict(queries);
        queue.observe(System.nanoTime() - begin, rollouts(queries));
        return predictions;
    }

    private static int rollouts(List<Query> queries) {
        return queries.stream().mapToInt(Query::rollouts).sum();
    }

    /** Waits until the queue is empty, then releases the engine. */
    @Override
    public void close() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        classifier.close();
    }
}
