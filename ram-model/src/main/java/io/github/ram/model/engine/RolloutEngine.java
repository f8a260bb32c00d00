package io.github.ram.model.engine;

import io.github.ram.model.RamConfig;

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
     * Runs one rollout for every image of a batch, and leaves the results in it.
     *
     * @throws IllegalArgumentException if the batch was made for another model
     */
    void run(RolloutBatch batch);

    /** An engine for another thread: the same weights, its own working memory. */
    RolloutEngine fork();

    /** Releases the working memory; the weights stay with the other engines that share them. */
    @Override
    void close();
}
