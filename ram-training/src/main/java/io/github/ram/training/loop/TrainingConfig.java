package io.github.ram.training.loop;

import io.github.ram.model.Check;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.Objective;
import io.github.ram.training.augmentation.Augmentation;
import io.github.ram.training.loop.optimizer.OptimizerConfig;
import io.github.ram.training.loop.optimizer.Schedule;
import java.util.Objects;

/**
 * Everything that decides the result of a training run. Two runs of the same configuration on the same machine give the
 * same weights.
 *
 * @param dataset name of the data set, such as {@code mnist}
 * @param model what is trained
 * @param from checkpoint that holds the first weights: a file, or the name of a bundled model; null for random weights
 * @param optimisation how a step changes the weights
 * @param schedule how the epochs follow each other
 * @param augmentation how training images are varied
 * @param seed of random first weights, the order of the images and everything random in the forward pass
 */
public record TrainingConfig(
        String dataset,
        ModelSpec model,
        String from,
        Optimisation optimisation,
        Schedule schedule,
        Augmentation augmentation,
        long seed) {

    public TrainingConfig {
        Objects.requireNonNull(dataset, "dataset");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(optimisation, "optimisation");
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(augmentation, "augmentation");
    }

    /** The same with another limit of epochs. */
    public TrainingConfig withEpochs(int limit) {
        return new TrainingConfig(dataset, model, from, optimisation, schedule.withEpochs(limit), augmentation, seed);
    }

    /**
     * How a step changes the weights.
     *
     * @param batchSize images a step, at least 1
     * @param threads that share a step; the order of sums and the draws of noise depend on it
     * @param objective what a step minimises
     * @param optimizer what changes the weights
     * @param averaging β of the average that is evaluated and kept, w̄ ← β·w̄ + (1 − β)·w after every step, in
     *     [0, 1): 0 keeps the weights themselves
     */
    public record Optimisation(
            int batchSize, int threads, Objective objective, OptimizerConfig optimizer, double averaging) {

        public Optimisation {
            Check.atLeast("batch-size", 1, batchSize);
            Check.atLeast("threads", 1, threads);
            Objects.requireNonNull(objective, "objective");
            Objects.requireNonNull(optimizer, "optimizer");
            Check.inRange("averaging", 0, Math.nextDown(1.0), averaging);
        }
    }
}
