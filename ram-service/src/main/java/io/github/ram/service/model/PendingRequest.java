package io.github.ram.service.model;

import io.github.ram.model.Prediction;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** A request whose images are being predicted, with the predictions so far. */
final class PendingRequest {

    private final AtomicReferenceArray<Prediction> predictions;
    private final CountDownLatch missing;
    private volatile Throwable failure;

    PendingRequest(int images) {
        this.predictions = new AtomicReferenceArray<>(images);
        this.missing = new CountDownLatch(images);
    }

    /** Sets the prediction of one image. */
    void answer(int index, Prediction prediction) {
        if (predictions.getAndSet(index, prediction) != null) {
            throw new IllegalStateException("image " + index + " has been answered twice");
        }
        missing.countDown();
    }

    /** Fails the whole request because of one image. */
    void fail(Throwable cause) {
        failure = cause;
        missing.countDown();
    }

    /**
     * Waits until every image has its prediction.
     *
     * @return whether all have, in time
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
