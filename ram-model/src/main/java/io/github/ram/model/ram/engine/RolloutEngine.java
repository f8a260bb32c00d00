package io.github.ram.model.ram.engine;

import io.github.ram.model.ram.RamConfig;

/**
 * Runs rollouts of one model.
 *
 * <p>An engine has working memory, so it serves one thread at a time. For more threads {@link #fork}
 * makes engines that share its weights.
 */
public interface RolloutEngine extends AutoCloseable {

    /** Its name, as the {@code ram.engine} property and the benchmark give it. */
    String name();

    /** The model it runs. */
    RamConfig config();

    /**
     * The most rollouts that can be run together so that each gives, bit for bit, what it gives alone. In
     * larger batches it gives the same but for the last bits.
     *
     * <p>Floating-point sums depend on their order, and a library of matrix products picks another one for
     * another number of rows. An engine that has the order in its own hands need not: for every row it can
     * add up the same products in the same order, however many rows there are.
     *
     * @return at least 1
     */
    int exactSize();

    /**
     * Runs one rollout for every image of a batch, and leaves the results in it.
     *
     * @throws IllegalArgumentException if the batch was made for another model
     */
    void run(RolloutBatch batch);

    /**
     * An engine for another thread: the same weights, its own working memory. Where this engine follows weights that
     * change, the fork may keep them as they are now, so it is for work during which they do not change.
     */
    RolloutEngine fork();

    /** Releases the working memory; the weights stay with the other engines that share them. */
    @Override
    void close();
}
