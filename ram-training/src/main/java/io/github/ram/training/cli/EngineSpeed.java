package io.github.ram.training.cli;

import io.github.ram.model.Classifier;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.Query;
import io.github.ram.training.TrainingException;
import io.github.ram.training.data.drawn.SampleImages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;

/**
 * The speed of an engine that classifies drawn digits.
 *
 * @param engine name of the engine
 * @param batchSize images a call
 * @param threads that call the engine at the same time
 * @param imagesPerSecond of all threads together
 * @param microsPerBatch the time of one call
 */
record EngineSpeed(String engine, int batchSize, int threads, long imagesPerSecond, double microsPerBatch) {

    private static final int ROUNDS = 5;

    /**
     * Measures an engine for about 1.5 times {@code seconds}, the warm-up included. The figures are those of the median of
     * five rounds.
     */
    static EngineSpeed of(ModelSpec model, Classifier engine, int batchSize, int threads, double seconds) {
        long round = (long) (1e9 * seconds / ROUNDS);
        double[] batchesPerSecond = new double[ROUNDS];
        Phaser rounds = new Phaser(threads); // a thread that fails leaves it, so the others do not wait
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<double[]>> rates = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                rates.add(executor.submit(() -> {
                    try (Classifier own = engine.fork()) {
                        return rates(own, queries(model, batchSize), round, rounds);
                    } finally {
                        rounds.arriveAndDeregister();
                    }
                }));
            }
            for (Future<double[]> rate : rates) {
                double[] ofThread = rate.get();
                for (int i = 0; i < ROUNDS; i++) {
                    batchesPerSecond[i] += ofThread[i];
                }
            }
        } catch (ExecutionException e) {
            throw new TrainingException(
                    String.format(Locale.ROOT, "engine %s failed: %s", engine.engine(), e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingException("the measurement was interrupted", e);
        } finally {
            executor.shutdownNow();
        }
        Arrays.sort(batchesPerSecond);
        double median = batchesPerSecond[ROUNDS / 2];
        return new EngineSpeed(
                engine.engine(),
                batchSize,
                threads,
                Math.round(median * batchSize),
                Math.round(1e7 * threads / median) / 10.0);
    }

    private static List<Query> queries(ModelSpec model, int size) {
        int length = model.image().size();
        byte[] pixels = SampleImages.pixels(model.image(), size);
        float[] normalised = model.input().table();
        List<Query> queries = new ArrayList<>();
        for (int b = 0; b < size; b++) {
            byte[] image = Arrays.copyOfRange(pixels, b * length, (b + 1) * length);
            queries.add(Query.of(image, normalised, 1));
        }
        return queries;
    }

    /** Returns the batches per second of each round. */
    private static double[] rates(Classifier engine, List<Query> batch, long round, Phaser rounds) {
        rate(engine, batch, round * ROUNDS / 2); // to warm up
        double[] rates = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            rounds.arriveAndAwaitAdvance(); // all threads at once, otherwise some would have the machine to themselves
            rates[i] = rate(engine, batch, round);
        }
        return rates;
    }

    private static double rate(Classifier engine, List<Query> batch, long nanos) {
        long start = System.nanoTime();
        long elapsed;
        long count = 0;
        do {
            engine.predict(batch);
            count++;
            elapsed = System.nanoTime() - start;
        } while (elapsed < nanos);
        return 1e9 * count / elapsed;
    }
}
