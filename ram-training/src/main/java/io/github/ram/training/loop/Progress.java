package io.github.ram.training.loop;

import io.github.ram.training.loop.optimizer.Schedule;

/**
 * How far a run has come.
 *
 * @param epoch epochs completed
 * @param bestErrors fewest errors on the validation images so far
 * @param bestEpoch the epoch after which they were counted, or 0
 */
public record Progress(int epoch, int bestErrors, int bestEpoch) {

    /** Nothing done. */
    public static final Progress START = new Progress(0, Integer.MAX_VALUE, 0);

    /** After one more epoch. */
    Progress next(int errors) {
        return errors < bestErrors
                ? new Progress(epoch + 1, errors, epoch + 1)
                : new Progress(epoch + 1, bestErrors, bestEpoch);
    }

    /** Whether the last epoch was the best so far. */
    public boolean isBest() {
        return epoch > 0 && bestEpoch == epoch;
    }

    /** Whether training is over: all epochs done, or too many without a better validation error. */
    public boolean isOver(Schedule schedule) {
        return epoch >= schedule.epochs() || epoch - bestEpoch >= schedule.patience();
    }
}
