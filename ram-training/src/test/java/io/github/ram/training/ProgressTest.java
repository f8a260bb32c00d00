package io.github.ram.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {

    private static final TrainingConfig.Schedule SCHEDULE = new TrainingConfig.Schedule(0.8, 0.5, 2);

    private static final TrainingConfig.Optimisation OPTIMISATION =
            new TrainingConfig.Optimisation(16, 1, 0.01, 1, SCHEDULE, 0);

    /** At most six epochs, at most three in a row without a better error. */
    private static final TrainingConfig CONFIG =
            new TrainingConfig("strokes", SmallRun.config(SmallRun.FIXED, 1).model(), OPTIMISATION, 6, 3, 1);

    private static Progress after(String errors) {
        Progress progress = Progress.start(CONFIG);
        for (String count : errors.split(" ")) {
            progress = progress.next(Integer.parseInt(count), SCHEDULE);
        }
        return progress;
    }

    @Test
    void aRunStartsWithNothingDone() {
        Progress start = Progress.start(CONFIG);

        assertEquals(new Progress(0, 0.8, Integer.MAX_VALUE, 0, 0), start);
        assertFalse(start.isBest());
        assertFalse(start.isOver(CONFIG));
    }

    @ParameterizedTest(name = "errors {0}: learning rate {1}, best {2} of epoch {3}, over: {4}")
    @CsvSource({
        "9,           0.8, 9, 1, false",
        "9 8 7,       0.8, 7, 3, false",
        "9 9,         0.8, 9, 1, false", // as good is not better
        "9 9 9,       0.4, 9, 1, false", // a plateau of two
        "9 9 9 9,     0.4, 9, 1, true", //  three without a better one
        "9 9 8 8,     0.8, 8, 3, false", // a better one ends the count
        "9 9 9 8 8,   0.4, 8, 4, false",
        "9 10 11 8 9 9, 0.2, 8, 4, true", // all epochs done
        "9 9 9 8 9 7, 0.4, 7, 6, true",
        "0,           0.8, 0, 1, false"
    })
    void theSchedulesFollowTheValidationErrors(
            String errors, double learningRate, int best, int bestEpoch, boolean over) {
        Progress progress = after(errors);

        assertEquals(learningRate, progress.learningRate(), 1e-12);
        assertEquals(best, progress.bestErrors());
        assertEquals(bestEpoch, progress.bestEpoch());
        assertEquals(over, progress.isOver(CONFIG));
        assertEquals(Arrays.asList(errors.split(" ")).size(), progress.epoch());
        assertEquals(bestEpoch == progress.epoch(), progress.isBest());
    }

    @Test
    void aHigherLimitOfEpochsLetsARunGoOnButPatienceStillEndsIt() {
        assertFalse(after("9 8 7 6 5 4").isOver(CONFIG.withEpochs(7)));
        assertTrue(after("9 9 9 9").isOver(CONFIG.withEpochs(100)));
    }
}
