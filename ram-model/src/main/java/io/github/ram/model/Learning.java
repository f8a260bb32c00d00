package io.github.ram.model;

import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Computes the loss of a batch and its gradients.
 *
 * <p>It reads the parameters in place, so it follows every change of theirs between batches. It has working memory, so
 * it serves one thread at a time: each thread that shares a step has its own.
 */
public interface Learning extends AutoCloseable {

    /** The trainable parameters in groups; each parameter is in one group. */
    List<ParameterGroup> groups();

    /**
     * Computes the loss of labelled images with the parameters as they are, and its gradients.
     *
     * @param random the source of everything random in the forward pass
     * @return the terms of the loss, each a mean over the images
     */
    LossTerms learn(Examples examples, SplittableRandom random);

    /**
     * The gradient of the last batch's loss by a trainable parameter. The next batch overwrites it.
     *
     * @return of the parameter's shape; null or zeros if the loss does not depend on the parameter
     */
    INDArray gradient(String parameter);

    /**
     * The value of a statistic after the last batch. The next batch overwrites it.
     *
     * @return of the parameter's shape; null if the batch did not change the statistic
     */
    default INDArray statistic(String parameter) {
        return null;
    }

    /** Releases the working memory. */
    @Override
    void close();

    /**
     * Labelled images.
     *
     * @param images normalised pixels [n, H, W, C]
     * @param labels classes [n]
     * @param size n; the arrays may be longer
     */
    record Examples(float[] images, int[] labels, int size) {}
}
