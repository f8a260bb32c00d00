package io.github.ram.training.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.Classifier;
import io.github.ram.model.EngineChoice;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.source.DataSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bundled model's report on digits that this program draws. */
class RunReportTest {

    private static final Dataset IMAGES = DataSource.STROKES.load(Split.TEST, null);
    private static Checkpoint checkpoint;
    private static List<LabelledPrediction> predictions;
    private static List<LabelledPrediction> mistaken;
    private static List<LabelledPrediction> samples;

    @BeforeAll
    static void examine() {
        checkpoint = Checkpoint.bundled();
        try (Classifier engine = checkpoint.classifier(EngineChoice.AUTO, 32)) {
            predictions = Examination.of(
                    checkpoint.model(),
                    engine,
                    IMAGES,
                    IntStream.range(0, IMAGES.size()).toArray());
            mistaken = IntStream.range(0, predictions.size())
                    .mapToObj(i -> i % 20 == 0 ? mistaken(predictions.get(i)) : predictions.get(i))
                    .toList();
            samples = Examination.of(checkpoint.model(), engine, IMAGES, Examination.samples(IMAGES));
        }
    }

    /** As if the image were of another class: how often the bundled model is wrong is not this test's business. */
    private static LabelledPrediction mistaken(LabelledPrediction prediction) {
        return new LabelledPrediction(
                prediction.image(),
                (prediction.named() + 1) % 10,
                prediction.named(),
                prediction.confidence(),
                prediction.boxes());
    }

    private static Map<String, byte[]> files(List<LabelledPrediction> seen, GlimpseHistory history) {
        Metrics metrics = Metrics.parse(List.of("epoch,validationErrorPercent,accuracy", "1,9,0.8", "2,4,0.9"));
        return new RunReport(checkpoint.manifest(), Map.of("odd <name>", "1 & 2"), metrics, history, IMAGES, seen)
                .files();
    }

    private static String page(Map<String, byte[]> files) {
        return new String(files.get("report.html"), StandardCharsets.UTF_8);
    }

    @Test
    void everyImageIsExaminedOnceAndAsEvaluationSeesIt() {
        assertEquals(1000, predictions.size());
        for (int i = 0; i < 1000; i++) {
            assertEquals(i, predictions.get(i).image());
            assertEquals(IMAGES.label(i), predictions.get(i).label());
            assertEquals(6, predictions.get(i).boxes().size());
        }
        assertEquals(10, samples.size());
        for (int label = 0; label < 10; label++) {
            assertEquals(label, samples.get(label).label());
            LabelledPrediction whole = predictions.get(samples.get(label).image());
            assertEquals(whole.named(), samples.get(label).named());
        }
    }

    @Test
    void thePageNeedsNoOtherFile() {
        String page = page(files(
                predictions,
                new GlimpseHistory(new TreeMap<>()).with(0, samples).with(2, samples)));
        Matcher addresses = Pattern.compile("(?:src|href|url)\\s*[=(]\\s*[\"']?([^\"')\\s>]{0,30})")
                .matcher(page);
        int count = 0;
        while (addresses.find()) {
            assertTrue(addresses.group(1).startsWith("data:image/"), addresses.group());
            count++;
        }
        assertTrue(count >= 3, "pictures: " + count);
        assertFalse(page.contains("<script"), "it has nothing to run");
        assertTrue(page.contains("prefers-color-scheme: dark"));
    }

    @Test
    void itTellsTheErrorAndTheBestEpochAndTheConfiguration() {
        String page = page(files(mistaken, new GlimpseHistory(new TreeMap<>())));
        long errors =
                mistaken.stream().filter(prediction -> !prediction.isRight()).count();
        assertTrue(page.contains("error: %d of 1000 strokes test images".formatted(errors)), page.substring(0, 6000));
        assertTrue(page.contains("<b>2</b><span>best epoch of 2</span>"));
        assertTrue(page.contains("<span>odd &lt;name&gt;</span><b>1 &amp; 2</b>"));
    }

    @Test
    void theWorstMistakesAreThoseItWasMostSureOf() {
        RunReport report = new RunReport(
                checkpoint.manifest(),
                Map.of(),
                Metrics.parse(List.of()),
                new GlimpseHistory(new TreeMap<>()),
                IMAGES,
                mistaken);
        List<LabelledPrediction> worst = report.mistakes();
        assertEquals(12, worst.size());
        double least = worst.get(11).confidence();
        for (int i = 1; i < 12; i++) {
            assertTrue(worst.get(i - 1).confidence() >= worst.get(i).confidence());
        }
        assertTrue(mistaken.stream()
                .filter(prediction -> !prediction.isRight() && !worst.contains(prediction))
                .allMatch(prediction -> prediction.confidence() <= least));
    }

    @Test
    void thePicturesAreFilesToo() {
        GlimpseHistory history =
                new GlimpseHistory(new TreeMap<>()).with(0, samples).with(1, samples);
        Map<String, byte[]> files = files(mistaken, history);
        assertEquals(
                List.of(
                        "report/curves.png",
                        "report/confusion.png",
                        "report/attention.png",
                        "report/mistakes.png",
                        "report/glimpses.gif",
                        "report/glimpses.png",
                        "report.html"),
                List.copyOf(files.keySet()));
        files.forEach((name, content) -> {
            String start = new String(content, 0, 4, StandardCharsets.ISO_8859_1);
            assertEquals(name.endsWith("png") ? "\u0089PNG" : name.endsWith("gif") ? "GIF8" : "<!DO", start);
        });
    }

    @Test
    void aModelWithoutMistakesAndARunWithoutHistoryHaveAReportToo() {
        List<LabelledPrediction> right = predictions.stream()
                .filter(LabelledPrediction::isRight)
                .limit(20)
                .toList();
        Map<String, byte[]> files = files(right, new GlimpseHistory(new TreeMap<>()));
        assertEquals(
                List.of("report/curves.png", "report/confusion.png", "report/attention.png", "report.html"),
                List.copyOf(files.keySet()));
        assertFalse(page(files).contains("Worst mistakes"));
    }
}
