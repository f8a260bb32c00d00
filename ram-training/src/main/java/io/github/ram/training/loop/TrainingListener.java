package io.github.ram.training.loop;

import io.github.ram.model.ModelSpec;
import io.github.ram.model.ram.engine.RolloutEngine;

/** Told of a run's progress, on the thread that trains. What it throws ends the training. */
public interface TrainingListener {

    /**
     * Training begins or goes on.
     *
     * @param step steps of the whole run that were taken before
     * @param epoch epochs that are complete
     * @param engine runs the model as it is
     */
    default void begins(long step, int epoch, ModelSpec model, RolloutEngine engine) {}

    /** A step was taken. */
    default void stepped(StepReport report) {}

    /**
     * An epoch was trained and evaluated, and is about to be saved. If the process dies before it is, the same is told
     * once more.
     *
     * @param step steps of the whole run that were taken
     * @param engine runs the model as it was evaluated
     */
    default void evaluated(EpochReport report, long step, ModelSpec model, RolloutEngine engine) {}

    /** An epoch was saved. */
    void saved(EpochReport report);
}
