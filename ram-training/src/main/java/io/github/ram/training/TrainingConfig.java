package io.github.ram.training;

import io.github.ram.model.ModelSpec;
import io.github.ram.model.StartLocation;
import java.util.Objects;

/**
 * Everything that decides what a training run comes to. Two runs of the same configuration on the same
 * machine give the same weights.
 *
 * @param dataset name of the data set, such as {@code mnist}
 * @param model what is trained
 * @param optimisation how it is trained
 * @param epochs passes over the training images, at most
 * @param patience epochs without a better validation error after which training stops early
 * @param seed of the initial weights, the order of the images and the policy's noise
 */
record TrainingConfig(String dataset, ModelSpec model, Optimisation optimisation, int epochs, int patience, long seed) {

    TrainingConfig {
        Objects.requireNonNull(dataset, "dataset");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(optimisation, "optimisation");
        atLeast("epochs", 1, epochs);
        atLeast("patience", 1, patience);
    }

    /** The same with another limit of epochs. */
    TrainingConfig withEpochs(int limit) {
        return new TrainingConfig(dataset, model, optimisation, limit, patience, seed);
    }

    /** Whether the first location is drawn from the policy. */
    boolean learnsStart() {
        return model.start().kind() == StartLocation.Kind.LEARNED;
    }

    /**
     * How the weights are fitted.
     *
     * @param batchSize images a step, at least 1
     * @param threads that share a step; part of the configuration because the order of sums and the draws of
     *     noise depend on it
     * @param policyWeight λ, the weight of REINFORCE in the loss, at least 0
     * @param policyRate learning rate of the location network as a share of the other networks', in (0, 1]:
     *     REINFORCE is far noisier than cross-entropy, and steps as long as theirs drive the policy into the
     *     corners of the image, where tanh leaves it no gradient to come back by
     * @param schedule the learning rate
     * @param shift most pixels by which a training image is moved at random, each way, at least 0: 0 leaves
     *     the images as they are
     */
    record Optimisation(
            int batchSize, int threads, double policyWeight, double policyRate, Schedule schedule, int shift) {

        Optimisation {
            atLeast("batch-size", 1, batchSize);
            atLeast("threads", 1, threads);
            inRange("policy-weight", 0, 1e6, policyWeight);
            inRange("policy-rate", Double.MIN_VALUE, 1, policyRate);
            Objects.requireNonNull(schedule, "schedule");
            atLeast("shift", 0, shift);
        }
    }

    /**
     * The learning rate of Adam: constant, and cut on every plateau of the validation error.
     *
     * @param learningRate at the start, in (0, 1]
     * @param plateauFactor what it is multiplied with on a plateau, in (0, 1]
     * @param plateauPatience epochs without a better validation error that make a plateau
     */
    record Schedule(double learningRate, double plateauFactor, int plateauPatience) {

        Schedule {
            inRange("learning-rate", Double.MIN_VALUE, 1, learningRate);
            inRange("plateau-factor", Double.MIN_VALUE, 1, plateauFactor);
            atLeast("plateau-patience", 1, plateauPatience);
        }
    }

    private static void atLeast(String field, int least, int value) {
        if (value < least) {
            throw new IllegalArgumentException("%s must be at least %d, got %d".formatted(field, least, value));
        }
    }

    private static void inRange(String field, double least, double most, double value) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException("%s must be in [%s, %s], got %s".formatted(field, least, most, value));
        }
    }
}
