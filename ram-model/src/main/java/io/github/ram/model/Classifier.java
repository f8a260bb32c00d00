package io.github.ram.model;

import java.util.List;

/**
 * Predicts the class of images.
 *
 * <p>A prediction depends on the query alone: equal queries give equal predictions. A classifier has working memory,
 * so only one thread may use the classifier at a time. {@link #fork} creates classifiers for further threads.
 */
public interface Classifier extends AutoCloseable {

    /** The engine's name, as in {@link EngineChoice}. */
    String engine();

    /**
     * The largest batch, in images or rollouts, whose predictions equal those of single images bit for bit. In larger
     * batches the last bits may differ.
     */
    int exactSize();

    /**
     * Predicts the classes of images.
     *
     * @return one prediction per query, in the queries' order
     * @throws IllegalArgumentException if an image does not have H·W·C values; no image is predicted then
     */
    List<Prediction> predict(List<Query> queries);

    /** Predicts the class of one image. */
    default Prediction predict(Query query) {
        return predict(List.of(query)).get(0);
    }

    /** Returns a classifier for another thread. Both classifiers share the weights. */
    Classifier fork();

    /** Releases the working memory. Forks stay usable. */
    @Override
    void close();
}
