package io.github.ram.training.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {

    /** At most six epochs, at most three in a row without a better error; a plateau of two. */
    private static final Schedule SCHEDULE =
            new Schedule(Schedule.Decay.PLATEAU, 0.8, new Schedule.Plateau(0.5, 2), 6, 3);

    private static Progress after(String errors) {
        Progress progress = Progress.START;
        for (String count : errors.split(" ")) {
            progress = progress.next(Integer.parseInt(count), SCHEDULE);
        }
        return progress;
    }

    @Test
    void aRunStartsWithNothingDone() {
        assertEquals(0.8, Progress.START.learningRate(SCHEDULE));
        assertFalse(Progress.START.isBest());
        assertFalse(Progress.START.isOver(SCHEDULE));
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

        assertEquals(learningRate, progress.learningRate(SCHEDULE), 1e-12);
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

    @ParameterizedTest(name = "{0} after {1} of 4 epochs: {2}")
    @CsvSource({
        "COSINE, 0, 0.8",
        "COSINE, 1, 0.6828427", // 0.8 · (1 + cos(π/4)) / 2
        "COSINE, 2, 0.4",
        "COSINE, 4, 0",
        "COSINE, 5, 0", // a run that goes on past its end stands still
        "LINEAR, 0, 0.8",
        "LINEAR, 1, 0.6",
        "LINEAR, 4, 0",
        "PLATEAU, 4, 0.8"
    })
    void aCosineAndALineFallToNothingOverAllEpochs(Schedule.Decay decay, int done, double learningRate) {
        Schedule schedule = new Schedule(decay, 0.8, new Schedule.Plateau(0.5, 2), 4, 3);

        assertEquals(learningRate, schedule.learningRate(done, 0), 1e-7);
    }
}
