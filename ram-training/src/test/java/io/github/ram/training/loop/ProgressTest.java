package io.github.ram.training.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.training.loop.optimizer.Schedule;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {

    /** At most six epochs, at most three in a row without a better error. */
    private static final Schedule SCHEDULE = new Schedule(Schedule.Decay.COSINE, 0.8, 0, 6, 3);

    private static Progress after(String errors) {
        Progress progress = Progress.START;
        for (String count : errors.split(" ")) {
            progress = progress.next(Integer.parseInt(count));
        }
        return progress;
    }

    @Test
    void aRunStartsWithNothingDone() {
        assertFalse(Progress.START.isBest());
        assertFalse(Progress.START.isOver(SCHEDULE));
    }

    @ParameterizedTest(name = "errors {0}: best {1} of epoch {2}, over: {3}")
    @CsvSource({
        "9,             9, 1, false",
        "9 8 7,         7, 3, false",
        "9 9,           9, 1, false", // as good is not better
        "9 9 9 9,       9, 1, true", //  three without a better one
        "9 9 8 8,       8, 3, false", // a better one ends the count
        "9 9 9 8 8,     8, 4, false",
        "9 10 11 8 9 9, 8, 4, true", // all epochs done
        "0,             0, 1, false"
    })
    void theValidationErrorsDecideWhatIsBestAndWhenToStop(String errors, int best, int bestEpoch, boolean over) {
        Progress progress = after(errors);

        assertEquals(best, progress.bestErrors());
        assertEquals(bestEpoch, progress.bestEpoch());
        assertEquals(over, progress.isOver(SCHEDULE));
        assertEquals(Arrays.asList(errors.split(" ")).size(), progress.epoch());
        assertEquals(bestEpoch == progress.epoch(), progress.isBest());
    }

    @Test
    void aHigherLimitOfEpochsLetsARunGoOnButPatienceStillEndsIt() {
        assertFalse(after("9 8 7 6 5 4").isOver(SCHEDULE.withEpochs(7)));
        assertTrue(after("9 9 9 9").isOver(SCHEDULE.withEpochs(100)));
    }

    @ParameterizedTest(name = "after {0} of 4 epochs: {1}")
    @CsvSource({
        "0, 0.8",
        "1, 0.6828427", // 0.8 · (1 + cos(π/4)) / 2
        "1.5, 0.5530734",
        "2, 0.4",
        "4, 0",
        "5, 0" // the learning rate of a run past its end stays at 0
    })
    void aCosineFallsToNothingOverAllEpochs(double done, double learningRate) {
        assertEquals(learningRate, new Schedule(Schedule.Decay.COSINE, 0.8, 0, 4, 3).learningRate(done), 1e-7);
    }

    @ParameterizedTest(name = "after {0} of 5 epochs, the first to warm up: {1}")
    @CsvSource({"0, 0", "0.25, 0.2", "1, 0.8", "3, 0.4", "5, 0"})
    void aWarmUpRisesLinearlyBeforeTheCosine(double done, double learningRate) {
        assertEquals(learningRate, new Schedule(Schedule.Decay.COSINE, 0.8, 1, 5, 3).learningRate(done), 1e-7);
    }

    @ParameterizedTest(name = "after {0} epochs: {1}")
    @CsvSource({"0, 0.8", "1.9, 0.8", "2, 0.16", "4.5, 0.032"})
    void theLearningRateFallsAtEachMilestone(double done, double learningRate) {
        var decay = new Schedule.Decay(List.of(2, 4), 0.2);
        assertEquals(learningRate, new Schedule(decay, 0.8, 0, 5, 3).learningRate(done), 1e-7);
    }
}
