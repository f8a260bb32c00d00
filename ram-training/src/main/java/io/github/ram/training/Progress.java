package io.github.ram.training;

/**
 * How far a run has come, and what its schedules remember.
 *
 * @param epoch epochs completed
 * @param learningRate of the next epoch
 * @param bestErrors fewest errors on the validation images so far
 * @param bestEpoch the epoch after which they were counted, or 0
 * @param stalled epochs since the last improvement or the last cut of the learning rate
 */
record Progress(int epoch, double learningRate, int bestErrors, int bestEpoch, int stalled) {

    static Progress start(TrainingConfig config) {
        return new Progress(0, config.optimisation().schedule().learningRate(), Integer.MAX_VALUE, 0, 0);
    }

    /** After one more epoch: the plateau schedule and the record of the best. */
    Progress next(int errors, TrainingConfig.Schedule schedule) {
        if (errors < bestErrors) {
            return new Progress(epoch + 1, learningRate, errors, epoch + 1, 0);
        }
        if (stalled + 1 >= schedule.plateauPatience()) {
            return new Progress(epoch + 1, learningRate * schedule.plateauFactor(), bestErrors, bestEpoch, 0);
        }
        return new Progress(epoch + 1, learningRate, bestErrors, bestEpoch, stalled + 1);
    }

    /** Whether the last epoch was the best so far. */
    boolean isBest() {
        return epoch > 0 && bestEpoch == epoch;
    }

    /** Whether training is over: all epochs done, or too many without a better validation error. */
    boolean isOver(TrainingConfig config) {
        return epoch >= config.epochs() || epoch - bestEpoch >= config.patience();
    }
}
