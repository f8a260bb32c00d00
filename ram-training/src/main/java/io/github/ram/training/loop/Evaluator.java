package io.github.ram.training.loop;

import io.github.ram.model.Check;
import io.github.ram.model.Classifier;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.Prediction;
import io.github.ram.model.Query;
import io.github.ram.training.TrainingException;
import io.github.ram.training.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Counts a model's errors on labelled images.
 *
 * <p>The same model, engine and images give the same count every time. Images are run in batches of {@value #BATCH}.
 * Where the engine is exact for as many ({@link Classifier#exactSize}), the predictions equal the service's bit for bit;
 * elsewhere the last bits may differ.
 */
public final class Evaluator {

    /** Images that are run together: the engine for RAM on a CPU computes each of them alone. */
    public static final int BATCH = 32;

    private final ModelSpec model;
    private final int rollouts;
    private final int threads;

    /**
     * @param rollouts M, in [1, 1000]; 1 for a model without rollouts
     * @param threads that share the work, at least 1
     * @throws IllegalArgumentException if a value is out of range
     */
    public Evaluator(ModelSpec model, int rollouts, int threads) {
        Check.inRange("rollouts", 1, 1000, rollouts);
        Check.atLeast("threads", 1, threads);
        if (rollouts > 1 && model.glimpses() == 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "the model sees the whole image at once and has no rollouts: leave rollouts out, got %d",
                    rollouts));
        }
        this.model = model;
        this.rollouts = rollouts;
        this.threads = threads;
    }

    /**
     * The result of an evaluation.
     *
     * @param classes of the model
     * @param total images
     * @param errors images that were classified wrongly
     * @param top5Errors images whose label is not among the five most probable classes
     * @param crossEntropy mean of −log p of the label, p at least 1e-7
     * @param calibrationError expected calibration error over {@value Calibration#BINS} bins, in [0, 1]
     * @param rollouts M
     * @param imagesPerSecond images, not rollouts
     */
    public record Result(
            int classes,
            int total,
            int errors,
            int top5Errors,
            double crossEntropy,
            double calibrationError,
            int rollouts,
            double imagesPerSecond) {

        public double errorPercent() {
            return 100.0 * errors / total;
        }

        /** Whether the top-5 error says something: the model has more than ten classes. */
        public boolean hasTop5() {
            return classes > 10;
        }

        public double top5ErrorPercent() {
            return 100.0 * top5Errors / total;
        }
    }

    /**
     * Evaluates a model on all images.
     *
     * @param classifier of the model; forked for every thread
     */
    public Result evaluate(Classifier classifier, Dataset data) {
        return evaluate(classifier, data, data.size());
    }

    /**
     * Evaluates a model on the first of some images.
     *
     * @param total how many, in [1, data.size()]
     */
    public Result evaluate(Classifier classifier, Dataset data, int total) {
        requireFit(data);
        long begin = System.nanoTime();
        int workers = Math.min(threads, (total + BATCH - 1) / BATCH);
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try {
            List<Future<Tally>> tallies = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                int first = i * BATCH;
                tallies.add(pool.submit(() -> {
                    try (Classifier own = classifier.fork()) {
                        return tally(own, data, total, first, workers * BATCH);
                    }
                }));
            }
            Tally sum = new Tally(0, 0, 0, Calibration.NONE);
            for (Future<Tally> tally : tallies) { // in order: sums of floating-point numbers depend on it
                sum = sum.plus(tally.get());
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            return new Result(
                    model.labels().size(),
                    total,
                    sum.errors(),
                    sum.top5Errors(),
                    sum.crossEntropy() / total,
                    sum.calibration().error(),
                    rollouts,
                    total / seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingException("the evaluation was interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private record Tally(int errors, int top5Errors, double crossEntropy, Calibration calibration) {

        Tally plus(Tally other) {
            return new Tally(
                    errors + other.errors,
                    top5Errors + other.top5Errors,
                    crossEntropy + other.crossEntropy,
                    calibration.plus(other.calibration));
        }
    }

    private void requireFit(Dataset data) {
        if (!data.shape().equals(model.image())) {
            throw new TrainingException(String.format(
                    Locale.ROOT,
                    "the images of %s are %s, the model reads %s",
                    data.name(),
                    data.shape(),
                    model.image()));
        }
        if (data.classes() != model.labels().size()) {
            throw new TrainingException(String.format(
                    Locale.ROOT,
                    "%s has %d classes, the model knows %d: choose the data set that the model was trained on",
                    data.name(),
                    data.classes(),
                    model.labels().size()));
        }
    }

    /** Evaluates the batches that begin with image {@code first} and every stride images after it. */
    private Tally tally(Classifier classifier, Dataset data, int total, int first, int stride) {
        float[] table = model.input().table();
        byte[] pixels = new byte[model.image().size()];
        int errors = 0;
        int top5Errors = 0;
        double crossEntropy = 0;
        Calibration.Counter calibration = new Calibration.Counter();
        for (int from = first; from < total; from += stride) {
            List<Query> queries = new ArrayList<>(BATCH);
            for (int i = from; i < Math.min(from + BATCH, total); i++) {
                data.copyPixels(i, pixels, 0);
                queries.add(Query.of(pixels, table, rollouts));
            }
            List<Prediction> predictions = classifier.predict(queries);
            for (int b = 0; b < predictions.size(); b++) {
                Prediction prediction = predictions.get(b);
                int label = data.label(from + b);
                boolean right = prediction.classIndex() == label;
                errors += right ? 0 : 1;
                calibration.add(prediction.confidence(), right);
                top5Errors += rank(prediction.probabilities(), label) < 5 ? 0 : 1;
                crossEntropy -=
                        Math.log(Math.max(1e-7, prediction.probabilities().get(label)));
            }
        }
        return new Tally(errors, top5Errors, crossEntropy, calibration.counts());
    }

    /** Number of classes that are more probable; of equals the first counts as more probable. */
    static int rank(List<Float> probabilities, int label) {
        int rank = 0;
        for (int other = 0; other < probabilities.size(); other++) {
            int order = Float.compare(probabilities.get(other), probabilities.get(label));
            rank += order > 0 || order == 0 && other < label ? 1 : 0;
        }
        return rank;
    }
}
