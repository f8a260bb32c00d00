package io.github.ram.model;

import java.util.List;

/**
 * Predicts the class of images.
 *
 * <p>A prediction is a function of the query alone: the same query always gets the same answer. A classifier has
 * working memory, so it serves one thread at a time; {@link #fork} makes classifiers for further threads.
 */
public interface Classifier extends AutoCloseable {

    /** Name of the engine, as {@link EngineChoice} spells it. */
    String engine();

    /**
     * The most images, or rollouts, that can be run together so that each prediction equals, bit for bit, the one that
     * its image gets alone. In larger batches the last bits may differ.
     */
    int exactSize();

    /**
     * Predicts the classes of images.
     *
     * @return a prediction a query, in the queries' order
     * @throws IllegalArgumentException if an image does not have H·W·C values; then no image is predicted
     */
    List<Prediction> predict(List<Query> queries);

    /** Predicts the class of one image. */
    default Prediction predict(Query query) {
        return predict(List.of(query)).get(0);
    }

    /** A classifier for another thread, which shares the weights. */
    Classifier fork();

    /** Releases the working memory. Forks stay usable. */
    @Override
    void close();
}
