package io.github.ram.service.model;

import io.github.ram.model.ModelSpec;
import io.github.ram.model.Prediction;
import io.github.ram.model.engine.Classifier;
import io.github.ram.model.engine.RolloutEngine;
import io.github.ram.service.RamMetrics;
import io.github.ram.service.Refusal;
import io.github.ram.service.Refusal.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * As many classifiers as predictions are computed at a time. A request borrows one and computes in its
 * own thread; it waits while all are lent.
 */
public final class ClassifierPool implements AutoCloseable {

    /** Rollouts that each classifier makes before the first request, so that no request meets cold code. */
    private static final int WARM_UP = 50;

    private final List<Classifier> all;
    private final BlockingQueue<Classifier> idle;
    private final RamMetrics metrics;

    private ClassifierPool(List<Classifier> classifiers, RamMetrics metrics) {
        this.all = List.copyOf(classifiers);
        this.idle = new ArrayBlockingQueue<>(classifiers.size(), false, classifiers);
        this.metrics = metrics;
    }

    /** Warm classifiers, on engines that share the weights of one. */
    static ClassifierPool of(ModelSpec model, RolloutEngine engine, int threads, RamMetrics metrics) {
        byte[] blank = new byte[model.network().image().size()];
        List<Classifier> classifiers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Classifier classifier = new Classifier(model, i == 0 ? engine : engine.fork());
            for (int rollout = 0; rollout < WARM_UP; rollout++) {
                classifier.predict(blank);
            }
            classifiers.add(classifier);
        }
        return new ClassifierPool(classifiers, metrics);
    }

    /**
     * Predicts the class of an image.
     *
     * @param pixels [H, W, C], each an unsigned byte, 0 the background
     */
    public Prediction predict(byte[] pixels) {
        Classifier classifier = borrow();
        Prediction prediction;
        try {
            prediction = metrics.inference(() -> classifier.predict(pixels));
        } finally {
            idle.add(classifier);
        }
        metrics.predicted(prediction);
        return prediction;
    }

    private Classifier borrow() {
        try {
            return idle.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(Reason.UNAVAILABLE, "the service is shutting down: send the request again");
        }
    }

    /** Releases the engines. Only once no request is left. */
    @Override
    public void close() {
        all.forEach(Classifier::close);
    }
}
