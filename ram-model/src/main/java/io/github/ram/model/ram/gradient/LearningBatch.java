package io.github.ram.model.ram.gradient;

import io.github.ram.model.ram.rollout.RolloutBatch;

/**
 * Rollouts with labels, for learning.
 *
 * @param rollouts n rollouts, in a batch for learning
 * @param labels the class of each rollout's image [n]
 * @param startSamples unclipped first locations [n, 2], for a learned start only
 */
public record LearningBatch(RolloutBatch rollouts, int[] labels, float[] startSamples) {

    public LearningBatch {
        if (!rollouts.isForLearning()) {
            throw new IllegalArgumentException("the rollouts must be a batch for learning");
        }
    }

    /** Creates an empty batch. */
    public LearningBatch(RolloutBatch rollouts) {
        this(rollouts, new int[rollouts.capacity()], new float[2 * rollouts.capacity()]);
    }

    /** Returns the reward R: 1 if the class of the finished rollout b is correct, else 0. */
    public float reward(int b) {
        return rollouts.argmax(b) == labels[b] ? 1 : 0;
    }
}
