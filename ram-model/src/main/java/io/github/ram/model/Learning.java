package io.github.ram.model;

import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Computes the loss of a batch and its gradients.
 *
 * <p>Each batch reads the parameters in place, so changes between batches take effect. A learning has working memory,
 * so only one thread may use it at a time. Each thread of a training step has a separate learning.
 */
public interface Learning extends AutoCloseable {

    /** The trainable parameters in groups; each parameter is in one group. */
    List<ParameterGroup> groups();

    /**
     * Computes the loss of labelled images, and the gradients of the loss, with the current parameters.
     *
     * @param random source of all randomness in the forward pass
     * @return the terms of the loss, each a mean over the images
     */
    LossTerms learn(Examples examples, SplittableRandom random);

    /**
     * Returns the gradient of the last batch's loss by a trainable parameter. The next batch overwrites the array.
     *
     * @return of the parameter's shape; null or zeros if the loss does not depend on the parameter
     */
    INDArray gradient(String parameter);

    /**
     * Returns the value of a statistic after the last batch. The next batch overwrites the array.
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
