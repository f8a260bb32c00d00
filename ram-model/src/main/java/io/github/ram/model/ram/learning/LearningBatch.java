package io.github.ram.model.ram.learning;

import io.github.ram.model.ram.engine.RolloutBatch;

/**
 * Rollouts to learn from.
 *
 * @param rollouts n of them, in a batch for learning
 * @param labels the class of each rollout's image [n]
 * @param startSamples the first locations before clipping [n, 2]; only a learned start needs them
 */
public record LearningBatch(RolloutBatch rollouts, int[] labels, float[] startSamples) {

    public LearningBatch {
        if (!rollouts.isForLearning()) {
            throw new IllegalArgumentException("the batch of rollouts must be one for learning");
        }
    }

    /** An empty batch. */
    public LearningBatch(RolloutBatch rollouts) {
        this(rollouts, new int[rollouts.capacity()], new float[2 * rollouts.capacity()]);
    }

    /** R: 1 if rollout b, once it is over, named the right class, else 0. */
    public float reward(int b) {
        return rollouts.argmax(b) == labels[b] ? 1 : 0;
    }
}
