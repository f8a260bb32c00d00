package io.github.ram.training.loop.optimizer;

import io.github.ram.model.Check;
import java.util.List;
import java.util.Objects;

/**
 * The course of a run over its epochs: the learning rate, and when to stop.
 *
 * @param decay how the learning rate falls
 * @param learningRate α before it falls, in (0, 10]
 * @param warmup epochs over which the learning rate rises linearly from 0, at least 0
 * @param epochs passes over the training images, at most
 * @param patience epochs without a better validation error after which training stops early
 */
public record Schedule(Decay decay, double learningRate, double warmup, int epochs, int patience) {

    /**
     * How the learning rate falls.
     *
     * @param milestones epochs at which the learning rate is multiplied by the factor; none for a cosine,
     *     α·(1 + cos(π·e/E))/2 after e of E epochs
     * @param factor in (0, 1]
     */
    public record Decay(List<Integer> milestones, double factor) {

        /** Along a cosine to nothing. */
        public static final Decay COSINE = new Decay(List.of(), 1);

        public Decay {
            milestones = List.copyOf(milestones);
            milestones.forEach(epoch -> Check.atLeast("milestones", 1, epoch));
            Check.inRange("decay-factor", Double.MIN_VALUE, 1, factor);
        }
    }

    public Schedule {
        Objects.requireNonNull(decay, "decay");
        Check.inRange("learning-rate", Double.MIN_VALUE, 10, learningRate);
        Check.inRange("warmup", 0, 1e6, warmup);
        Check.atLeast("epochs", 1, epochs);
        Check.atLeast("patience", 1, patience);
    }

    /** The same with another limit of epochs, over which a cosine then stretches. */
    public Schedule withEpochs(int limit) {
        return new Schedule(decay, learningRate, warmup, limit, patience);
    }

    /**
     * The learning rate of a step.
     *
     * @param done epochs completed before the step, with the part of the current one
     */
    public double learningRate(double done) {
        if (done < warmup) {
            return learningRate * done / warmup;
        }
        if (decay.milestones().isEmpty()) {
            double part = Math.min(1, (done - warmup) / Math.max(1e-9, epochs - warmup));
            return learningRate * (1 + Math.cos(Math.PI * part)) / 2;
        }
        long passed = decay.milestones().stream().filter(epoch -> done >= epoch).count();
        return learningRate * Math.pow(decay.factor(), passed);
    }
}
