package io.github.ram.training.loop;

import io.github.ram.model.Classifier;
import io.github.ram.model.ModelSpec;

/** Receives the progress of a run, on the thread that trains. An exception of a listener ends the training. */
public interface TrainingListener {

    /**
     * Training starts or resumes.
     *
     * @param step steps of the whole run that were taken before
     * @param epoch epochs that are complete
     * @param classifier of the model as it is
     */
    default void begins(long step, int epoch, ModelSpec model, Classifier classifier) {}

    /** A step was taken. */
    default void stepped(StepReport report) {}

    /**
     * An epoch was trained and evaluated, and is about to be saved. If the process dies before that, a resumed run calls
     * this again.
     *
     * @param step steps of the whole run that were taken
     * @param classifier of the model as it was evaluated
     */
    default void evaluated(EpochReport report, long step, ModelSpec model, Classifier classifier) {}

    /** An epoch was saved. */
    void saved(EpochReport report);
}
