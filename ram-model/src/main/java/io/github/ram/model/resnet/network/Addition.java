package io.github.ram.model.resnet.network;

import io.github.ram.model.Check;
import java.util.Objects;
import java.util.Optional;

/**
 * One block more at the end of a stage.
 *
 * @param stage counted from 1
 * @param nonLocal the non-local block; empty for the control, a residual block like the others of the stage
 */
public record Addition(int stage, Optional<NonLocal> nonLocal) {

    public Addition {
        Check.inRange("stage", 1, 4, stage);
        Objects.requireNonNull(nonLocal, "nonLocal");
    }

    /** A non-local block at the end of a stage. */
    public static Addition of(int stage, NonLocal nonLocal) {
        return new Addition(stage, Optional.of(nonLocal));
    }

    /** The control: a residual block more, with about as many parameters as a non-local block. */
    public static Addition control(int stage) {
        return new Addition(stage, Optional.empty());
    }
}
