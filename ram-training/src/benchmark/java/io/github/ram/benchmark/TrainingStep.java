package io.github.ram.benchmark;

/** A training step of a batch: forward pass, gradients and new weights. */
interface TrainingStep extends AutoCloseable {

    /** Takes a step and returns the loss before the step. */
    double run();

    @Override
    void close();
}
