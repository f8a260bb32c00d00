package io.github.ram.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.training.report.EventReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecorderTest {

    @TempDir
    Path directory;

    private Path train(String name, BooleanSupplier stop) {
        return SmallRun.recorded(directory.resolve(name), stop);
    }

    @Test
    void eventsTellOfEveryFiftyStepsAndOfEveryEpoch() throws IOException {
        List<EventReader.Event> events = EventReader.events(train("run", () -> false));

        Set<String> tags = new TreeSet<>();
        List<Long> steps = new ArrayList<>();
        List<Long> epochs = new ArrayList<>();
        List<Long> pictures = new ArrayList<>();
        for (EventReader.Event event : events) {
            tags.addAll(event.values().keySet());
            if (event.values().containsKey("training/loss")) {
                steps.add(event.step());
            }
            if (event.values().containsKey("validation/errorPercent")) {
                epochs.add(event.step());
            }
            if (event.values().containsKey("glimpses")) {
                pictures.add(event.step());
            }
        }
        assertEquals(List.of(50L, 100L), steps);
        assertEquals(List.of(45L, 90L, 135L), epochs);
        assertEquals(List.of(0L, 45L, 90L, 135L), pictures);
        assertEquals(
                List.of(
                        "epoch/accuracy",
                        "epoch/imagesPerSecond",
                        "glimpses",
                        "gradientNorm/others",
                        "gradientNorm/policy",
                        "training/accuracy",
                        "training/baselineLoss",
                        "training/classificationLoss",
                        "training/learningRate",
                        "training/loss",
                        "training/policyLoss",
                        "validation/accuracy",
                        "validation/crossEntropy",
                        "validation/errorPercent"),
                List.copyOf(tags));
    }

    @Test
    void theNumbersAreThoseOfTheMetrics() throws IOException {
        Path run = train("run", () -> false);

        String[] last = Files.readAllLines(run.resolve("metrics.csv")).get(3).split(",");
        EventReader.Event event = EventReader.events(run).stream()
                .filter(candidate ->
                        candidate.step() == 135 && candidate.values().containsKey("epoch/accuracy"))
                .findFirst()
                .orElseThrow();
        assertEquals(Double.parseDouble(last[7]), (Float) event.values().get("validation/errorPercent"), 1e-3);
        assertEquals(Double.parseDouble(last[6]), (Float) event.values().get("epoch/accuracy"), 1e-5);
        EventReader.Event steps = EventReader.events(run).stream()
                .filter(candidate -> candidate.step() == 100)
                .findFirst()
                .orElseThrow();
        assertEquals(0.003f, (Float) steps.values().get("training/learningRate"), 1e-9);
        assertTrue((Float) steps.values().get("gradientNorm/others") > 0);
        assertTrue((Float) steps.values().get("gradientNorm/policy") > 0);
    }

    @Test
    void aResumedRunBeginsAFileThatCountsFromWhereItStands() throws IOException {
        AtomicInteger left = new AtomicInteger(60);
        Path run = train("run", () -> left.getAndDecrement() <= 0);
        long stopped = 45L + TrainingRun.state(run).partial().steps();
        assertTrue(stopped > 45 && stopped < 90, "stopped after " + stopped + " steps");
        train("run", () -> false);

        List<Long> starts = EventReader.events(run).stream()
                .filter(EventReader.Event::isStart)
                .map(EventReader.Event::step)
                .toList();
        assertEquals(List.of(0L, stopped), starts);
    }

    @Test
    void aResumedRunRecordsTheGlimpsesOfAnUnbrokenOne() throws IOException {
        Path whole = train("whole", () -> false);
        AtomicInteger left = new AtomicInteger(100);
        train("broken", () -> left.getAndDecrement() <= 0);
        Path broken = train("broken", () -> false);

        List<String> rows = Files.readAllLines(whole.resolve("glimpses.csv"));
        assertEquals(1 + 4 * 3, rows.size()); // before training and after three epochs, an image of each class
        assertEquals(rows, Files.readAllLines(broken.resolve("glimpses.csv")));
    }

    @Test
    void theReportCanBeMadeOfWhatTheFolderHolds() throws IOException {
        Path run = train("run", () -> false);

        Path page = new ReportFiles(run).write(TrainingRun.state(run).config(), SmallRun.VALIDATION);

        assertEquals(run.resolve("report.html"), page);
        String html = Files.readString(page);
        assertTrue(html.contains("<span>optimisation.batchSize</span><b>2</b>"), html);
        assertTrue(html.contains("<span>model.labels</span><b>left, middle, right</b>"), html);
        assertTrue(Files.exists(run.resolve("report/glimpses.gif")));
        assertFalse(Files.exists(run.resolve("report.html.tmp")));
    }
}
