package io.github.ram.training.loop.optimizer;

import io.github.ram.model.Check;
import java.util.Objects;

/**
 * The optimizer of a run.
 *
 * @param kind which one
 * @param momentum μ of {@link Kind#SGD}, in [0, 1)
 * @param weightDecay λ, added to the gradient as λ·w in groups that decay; at least 0
 */
public record OptimizerConfig(Kind kind, double momentum, double weightDecay) {

    /** Adam without weight decay. */
    public static final OptimizerConfig ADAM = new OptimizerConfig(Kind.ADAM, 0, 0);

    /** A kind of optimizer. */
    public enum Kind {
        /** {@link Adam}. */
        ADAM,
        /** {@link Sgd}. */
        SGD
    }

    public OptimizerConfig {
        Objects.requireNonNull(kind, "optimizer");
        Check.inRange("momentum", 0, Math.nextDown(1.0), momentum);
        Check.inRange("weight-decay", 0, 1, weightDecay);
    }
}
