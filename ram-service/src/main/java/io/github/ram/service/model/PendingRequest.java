package io.github.ram.service.model;

import io.github.ram.model.Prediction;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The answer to a request as it comes about: a place for the prediction of each of its images. */
final class PendingRequest {

    private final AtomicReferenceArray<Prediction> predictions;
    private final CountDownLatch missing;
    private volatile Throwable failure;

    PendingRequest(int images) {
        this.predictions = new AtomicReferenceArray<>(images);
        this.missing = new CountDownLatch(images);
    }

    /** Puts in the prediction of one image. */
    void answer(int place, Prediction prediction) {
        if (predictions.getAndSet(place, prediction) != null) {
            throw new IllegalStateException("image " + place + " has been answered twice");
        }
        missing.countDown();
    }

    /** Gives up one image: the request as a whole fails. */
    void fail(Throwable cause) {
        failure = cause;
        missing.countDown();
    }

    /**
     * Waits until every image has its prediction.
     *
     * @return whether it has, in time
     */
    boolean await(long nanos) throws InterruptedException {
        return missing.await(nanos, TimeUnit.NANOSECONDS);
    }

    /** The predictions, in the order of the images. */
    List<Prediction> predictions() {
        if (failure != null) {
            throw new IllegalStateException("the engine failed", failure);
        }
        Prediction[] all = new Prediction[predictions.length()];
        Arrays.setAll(all, predictions::get);
        return List.of(all);
    }
}
