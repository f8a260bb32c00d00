package io.github.ram.training.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationTest {

    @Test
    void theErrorWeighsTheGapOfEachBinByItsAnswers() {
        Calibration.Counter counter = new Calibration.Counter();
        counter.add(0.95, true); // bin 15: 3 answers, 2 right, confidences 2.9
        counter.add(0.95, true);
        counter.add(1.0, false);
        counter.add(0.5, true); // bin 8: 1 answer, 1 right, confidence 0.5

        // (|2 - 2.9| + |1 - 0.5|) / 4
        assertEquals(0.35, counter.counts().error(), 1e-9);
    }

    @Test
    void aBinHoldsItsUpperBound() {
        Calibration.Counter counter = new Calibration.Counter();
        counter.add(0, false);
        counter.add(1.0 / 15, true);
        counter.add(1, true);

        assertEquals(1, counter.counts().right()[0]);
        assertEquals(1, counter.counts().right()[14]);
    }

    @Test
    void partsAddUp() {
        Calibration.Counter first = new Calibration.Counter();
        first.add(0.9, true);
        Calibration.Counter second = new Calibration.Counter();
        second.add(0.9, false);

        Calibration sum = first.counts().plus(second.counts());

        assertEquals(2, sum.total());
        assertEquals(0.4, sum.error(), 1e-9); // |1 - 1.8| / 2
    }

    @Test
    void noAnswersHaveNoError() {
        assertEquals(0, Calibration.NONE.error());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.8, 1, 1.7, 3.9})
    void theSearchFindsTheLeastCrossEntropy(double best) {
        double found = TemperatureSearch.least(temperature -> Math.pow(1 / temperature - 1 / best, 2));

        assertEquals(best, found, 0.002 * best);
    }
}
