package io.github.ram.training.loop;

/**
 * How far a run has come, and what its schedule remembers.
 *
 * @param epoch epochs completed
 * @param bestErrors fewest errors on the validation images so far
 * @param bestEpoch the epoch after which they were counted, or 0
 * @param stalled epochs since the last improvement or the last plateau
 * @param plateaus of the validation error so far
 */
public record Progress(int epoch, int bestErrors, int bestEpoch, int stalled, int plateaus) {

    /** Nothing done. */
    public static final Progress START = new Progress(0, Integer.MAX_VALUE, 0, 0, 0);

    /** After one more epoch: the record of the best, and of the plateaus. */
    Progress next(int errors, Schedule schedule) {
        if (errors < bestErrors) {
            return new Progress(epoch + 1, errors, epoch + 1, 0, plateaus);
        }
        if (stalled + 1 >= schedule.plateau().patience()) {
            return new Progress(epoch + 1, bestErrors, bestEpoch, 0, plateaus + 1);
        }
        return new Progress(epoch + 1, bestErrors, bestEpoch, stalled + 1, plateaus);
    }

    /** The learning rate of the next epoch. */
    double learningRate(Schedule schedule) {
        return schedule.learningRate(epoch, plateaus);
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
