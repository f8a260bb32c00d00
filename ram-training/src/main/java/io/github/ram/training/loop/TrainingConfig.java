package io.github.ram.training.loop;

import io.github.ram.model.ModelSpec;
import io.github.ram.model.ram.Objective;
import io.github.ram.model.ram.StartLocation;
import io.github.ram.training.augmentation.Augmentation;
import io.github.ram.training.ram.Gaze;
import java.util.Objects;

/**
 * Everything that decides what a training run comes to. Two runs of the same configuration on the same
 * machine give the same weights.
 *
 * @param dataset name of the data set, such as {@code mnist}
 * @param model what is trained
 * @param optimisation how a step changes the weights
 * @param schedule how the epochs follow each other
 * @param augmentation how training images are varied
 * @param seed of the initial weights, the order of the images and the policy's noise
 */
public record TrainingConfig(
        String dataset,
        ModelSpec model,
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
        return new TrainingConfig(dataset, model, optimisation, schedule.withEpochs(limit), augmentation, seed);
    }

    /** Who says where the model looks. */
    public Gaze gaze() {
        return optimisation.policy().gaze();
    }

    /** What a step minimises. */
    Objective objective() {
        return new Objective(
                optimisation.stepWeight(),
                gaze() == Gaze.POLICY ? optimisation.policy().weight() : 0,
                model.start().kind() == StartLocation.Kind.LEARNED);
    }

    /**
     * How a step changes the weights.
     *
     * @param batchSize images a step, at least 1
     * @param threads that share a step; part of the configuration because the order of sums and the draws of
     *     noise depend on it
     * @param policy how the policy learns
     * @param stepWeight weight of the cross-entropy after each glimpse but the last, whose weight is 1; at least 0.
     *     The paper's is 0; more makes the early glimpses worth something of themselves
     * @param clip most that the norm of the gradient of all weights but the location network's may be; a longer
     *     one is shortened to it; 0 for no limit
     * @param averaging β of the average that is evaluated and kept, w̄ ← β·w̄ + (1 − β)·w after every step, in
     *     [0, 1): 0 keeps the weights themselves
     */
    public record Optimisation(
            int batchSize, int threads, Policy policy, double stepWeight, double clip, double averaging) {

        public Optimisation {
            atLeast("batch-size", 1, batchSize);
            atLeast("threads", 1, threads);
            Objects.requireNonNull(policy, "policy");
            inRange("step-weight", 0, 1e6, stepWeight);
            inRange("clip", 0, Double.MAX_VALUE, clip);
            inRange("averaging", 0, Math.nextDown(1.0), averaging);
        }
    }

    /**
     * How the policy learns.
     *
     * @param gaze whether it is used at all: with {@link Gaze#RANDOM} it learns nothing
     * @param rollouts M, rollouts of each image a step, in [1, 1000]
     * @param weight λ, the weight of REINFORCE in the loss, at least 0. Adam does not care for the length of a
     *     gradient, and the location network has no other: with Adam only 0 makes a difference
     * @param rate learning rate of the location network as a multiple of the other networks', in (0, 100]
     * @param clip most that the norm of the location network's gradient may be; 0 for no limit
     */
    public record Policy(Gaze gaze, int rollouts, double weight, double rate, double clip) {

        public Policy {
            Objects.requireNonNull(gaze, "locations");
            inRange("rollouts", 1, 1000, rollouts);
            inRange("policy-weight", 0, 1e6, weight);
            inRange("policy-rate", Double.MIN_VALUE, 100, rate);
            inRange("policy-clip", 0, Double.MAX_VALUE, clip);
        }
    }

    static void atLeast(String field, int least, int value) {
        if (value < least) {
            throw new IllegalArgumentException("%s must be at least %d, got %d".formatted(field, least, value));
        }
    }

    public static void inRange(String field, double least, double most, double value) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException("%s must be in [%s, %s], got %s".formatted(field, least, most, value));
        }
    }

    public static void inRange(String field, int least, int most, int value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s must be in [%d, %d], got %d".formatted(field, least, most, value));
        }
    }
}
