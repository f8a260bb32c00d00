package io.github.ram.training.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.ram.model.Box;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a run wrote down, read again. */
class RecordsOfARunTest {

    private static final LabelledPrediction RIGHT =
            new LabelledPrediction(7, 2, 2, 0.75f, List.of(new Box(1, 2, 8, 8), new Box(-4, 20, 8, 8)));
    private static final LabelledPrediction WRONG =
            new LabelledPrediction(9, 3, 1, 0.1f, List.of(new Box(24, 10, 8, 8), new Box(3, 0, 8, 8)));

    private static GlimpseHistory history(int epochs) {
        GlimpseHistory history = new GlimpseHistory(new TreeMap<>());
        for (int epoch = 0; epoch < epochs; epoch++) {
            history = history.with(epoch, List.of(RIGHT));
        }
        return history;
    }

    @Test
    void metricsAreReadByTheNamesOfTheirColumns() {
        Metrics metrics = Metrics.parse(List.of("epoch,validationErrorPercent", "1,5.5", "2,2.25", "3,2.25"));
        assertEquals(3, metrics.epochs());
        assertArrayEquals(new double[] {5.5, 2.25, 2.25}, metrics.column("validationErrorPercent"));
        assertArrayEquals(new double[0], metrics.column("loss"));
        assertEquals(2, metrics.best());
    }

    @Test
    void noMetricsAreNoEpochs() {
        assertEquals(0, Metrics.parse(List.of()).epochs());
        assertEquals(0, Metrics.parse(List.of("epoch,loss")).best());
    }

    @Test
    void aRowThatWasCutShortIsRefused() {
        var refusal =
                assertThrows(IllegalArgumentException.class, () -> Metrics.parse(List.of("epoch,loss", "1,0.5", "2")));
        assertEquals("row 2 has 1 values, expected 2", refusal.getMessage());
        List<String> cutShort = List.of(history(1).rows().get(0), "1,2,3");
        assertThrows(IllegalArgumentException.class, () -> GlimpseHistory.parse(cutShort));
    }

    @Test
    void glimpsesComeBackAsTheyWere() {
        GlimpseHistory history = new GlimpseHistory(new TreeMap<>())
                .with(0, List.of(RIGHT, WRONG))
                .with(1, List.of(WRONG));
        assertEquals(
                List.of(
                        "epoch,image,label,named,confidence,left1,top1,width1,height1,...",
                        "0,7,2,2,0.75,1,2,8,8,-4,20,8,8",
                        "0,9,3,1,0.1,24,10,8,8,3,0,8,8",
                        "1,9,3,1,0.1,24,10,8,8,3,0,8,8"),
                history.rows());
        assertEquals(history, GlimpseHistory.parse(history.rows()));
    }

    @Test
    void glimpsesOfAnEarlierReleaseStartTheHistoryAnew() {
        List<String> rows = List.of("epoch,image,label,named,confidence,x1,y1,...", "0,7,2,2,0.75,0.0,0.5");
        assertEquals(0, GlimpseHistory.parse(rows).predictions().size());
    }

    @Test
    void anEpochThatIsSeenAgainReplacesItselfAndWhatCameAfter() {
        GlimpseHistory history = history(5).with(2, List.of(WRONG));
        assertEquals(List.of(0, 1, 2), List.copyOf(history.predictions().keySet()));
        assertEquals(List.of(WRONG), history.predictions().get(2));
    }

    @Test
    void framesAreAllEpochsOfAShortRunAndMoreOfTheEarlierOnesOfALongOne() {
        assertEquals(
                IntStream.range(0, 5).boxed().toList(),
                List.copyOf(history(5).frames().keySet()));
        List<Integer> epochs = List.copyOf(history(101).frames().keySet());
        assertEquals(0, epochs.get(0));
        assertEquals(100, epochs.get(epochs.size() - 1));
        assertEquals(List.of(0, 0), List.of(history(1).frames().size() - 1, epochs.get(0)));
        assertEquals(true, epochs.size() <= 24 && epochs.size() >= 20, epochs.toString());
        int middle = epochs.get(epochs.size() / 2);
        assertEquals(true, middle < 50, epochs.toString());
    }
}
