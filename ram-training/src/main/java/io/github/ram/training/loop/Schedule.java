package io.github.ram.training.loop;

import java.util.Objects;

/**
 * The course of a run over its epochs: Adam's learning rate, and when to stop.
 *
 * @param decay how the learning rate falls
 * @param learningRate at the start, in (0, 1]
 * @param plateau what happens on a plateau of the validation error, if that is how it falls
 * @param epochs passes over the training images, at most
 * @param patience epochs without a better validation error after which training stops early
 */
public record Schedule(Decay decay, double learningRate, Plateau plateau, int epochs, int patience) {

    /** How the learning rate falls. With E epochs, and e of them done: */
    public enum Decay {
        /** It is cut whenever the validation error stalls. */
        PLATEAU,
        /** α·(1 + cos(π·e/E))/2: slowly at first, fast in the middle, slowly at the end. */
        COSINE,
        /** α·(1 − e/E). */
        LINEAR
    }

    /**
     * What happens on a plateau of the validation error.
     *
     * @param factor what the learning rate is multiplied with, in (0, 1]
     * @param patience epochs without a better validation error that make a plateau
     */
    public record Plateau(double factor, int patience) {

        public Plateau {
            TrainingConfig.inRange("plateau-factor", Double.MIN_VALUE, 1, factor);
            TrainingConfig.atLeast("plateau-patience", 1, patience);
        }
    }

    public Schedule {
        Objects.requireNonNull(decay, "decay");
        Objects.requireNonNull(plateau, "plateau");
        TrainingConfig.inRange("learning-rate", Double.MIN_VALUE, 1, learningRate);
        TrainingConfig.atLeast("epochs", 1, epochs);
        TrainingConfig.atLeast("patience", 1, patience);
    }

    /** The same with another limit of epochs, over which a cosine or a line then stretches. */
    Schedule withEpochs(int limit) {
        return new Schedule(decay, learningRate, plateau, limit, patience);
    }

    /**
     * The learning rate of the next epoch.
     *
     * @param done epochs completed
     * @param cuts plateaus so far
     */
    double learningRate(int done, int cuts) {
        double part = Math.min(1, (double) done / epochs);
        return learningRate
                * switch (decay) {
                    case PLATEAU -> Math.pow(plateau.factor(), cuts);
                    case COSINE -> (1 + Math.cos(Math.PI * part)) / 2;
                    case LINEAR -> 1 - part;
                };
    }
}
