package io.github.ram.training;

import io.github.ram.model.ModelSpec;
import io.github.ram.model.Prediction;
import io.github.ram.model.engine.Classifier;
import io.github.ram.model.engine.Query;
import io.github.ram.model.engine.RolloutEngine;
import io.github.ram.training.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Counts a model's errors on labelled images.
 *
 * <p>It asks a {@link Classifier}, as the service does: so it judges exactly what is served, and the same
 * model and images give the same count every time.
 */
final class Evaluator {

    private static final int BATCH = 128;

    private final ModelSpec model;
    private final int rollouts;
    private final int threads;

    /**
     * @param rollouts M, in [1, 1000]
     * @param threads that share the work, at least 1
     * @throws IllegalArgumentException if there cannot be as many
     */
    Evaluator(ModelSpec model, int rollouts, int threads) {
        if (rollouts < 1 || rollouts > 1000) {
            throw new IllegalArgumentException("rollouts must be in [1, 1000], got " + rollouts);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + threads);
        }
        this.model = model;
        this.rollouts = rollouts;
        this.threads = threads;
    }

    /** What an evaluation found. */
    record Result(int total, int errors, int rollouts, double imagesPerSecond) {

        double errorPercent() {
            return 100.0 * errors / total;
        }
    }

    /**
     * Evaluates a model.
     *
     * @param engine runs it; forked for every thread
     */
    Result evaluate(RolloutEngine engine, Dataset data) {
        requireFit(data);
        long begin = System.nanoTime();
        int workers = Math.min(threads, (data.size() + BATCH - 1) / BATCH);
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try {
            List<Future<Integer>> counts = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                int first = i * BATCH;
                counts.add(pool.submit(() -> {
                    try (Classifier own = new Classifier(model, engine.fork(), BATCH)) {
                        return errors(own, data, first, workers * BATCH);
                    }
                }));
            }
            int errors = 0;
            for (Future<Integer> count : counts) {
                errors += count.get();
            }
            return new Result(data.size(), errors, rollouts, data.size() / ((System.nanoTime() - begin) / 1e9));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingException("the evaluation was interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private void requireFit(Dataset data) {
        if (!data.shape().equals(model.network().image())) {
            throw new TrainingException("the images of %s are %s, the model reads %s"
                    .formatted(data.name(), data.shape(), model.network().image()));
        }
        if (data.classes() > model.network().classes()) {
            throw new TrainingException("%s has %d classes, the model tells %d apart"
                    .formatted(data.name(), data.classes(), model.network().classes()));
        }
    }

    /** Errors in the batches that begin with the image first and every stride images after it. */
    private int errors(Classifier classifier, Dataset data, int first, int stride) {
        float[] table = model.input().table();
        byte[] pixels = new byte[model.network().image().size()];
        int errors = 0;
        for (int from = first; from < data.size(); from += stride) {
            List<Query> queries = new ArrayList<>(BATCH);
            for (int i = from; i < Math.min(from + BATCH, data.size()); i++) {
                data.copyPixels(i, pixels, 0);
                queries.add(Query.of(pixels, table, rollouts));
            }
            List<Prediction> predictions = classifier.predict(queries);
            for (int b = 0; b < predictions.size(); b++) {
                errors += predictions.get(b).classIndex() == data.label(from + b) ? 0 : 1;
            }
        }
        return errors;
    }
}
