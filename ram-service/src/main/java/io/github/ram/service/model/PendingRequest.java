package io.github.ram.service.model;

import io.github.ram.model.Prediction;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** A request whose images are being predicted, with the predictions so far. */
final class PendingRequest {

    private final AtomicReferenceArray<Prediction> predictions;
    private final AtomicInteger missing;
    private final CompletableFuture<List<Prediction>> answer = new CompletableFuture<>();

    PendingRequest(int images) {
        this.predictions = new AtomicReferenceArray<>(images);
        this.missing = new AtomicInteger(images);
    }

    /** Sets the prediction of one image. */
    void answer(int index, Prediction prediction) {
        if (predictions.getAndSet(index, prediction) != null) {
            throw new IllegalStateException("image " + index + " has been answered twice");
        }
        if (missing.decrementAndGet() == 0) {
            Prediction[] all = new Prediction[predictions.length()];
            Arrays.setAll(all, predictions::get);
            answer.complete(List.of(all));
        }
    }

    /** Fails the whole request because of one image. */
    void fail(Throwable cause) {
        answer.completeExceptionally(cause);
    }

    /** The predictions of all images, in their order, once there are all. */
    CompletableFuture<List<Prediction>> answer() {
        return answer;
    }
}
