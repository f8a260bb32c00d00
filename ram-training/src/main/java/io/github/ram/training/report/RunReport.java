package io.github.ram.training.report;

import io.github.ram.model.checkpoint.Manifest;
import io.github.ram.model.image.draw.Canvas;
import io.github.ram.training.data.Dataset;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The report of a run: a page that needs no other file, and the page's pictures as files.
 *
 * @param manifest of the run's best model
 * @param facts about the run, by name
 * @param metrics of the run's epochs
 * @param history of predictions during the run
 * @param images that the best model was examined with
 * @param predictions predictions for the images
 */
public record RunReport(
        Manifest manifest,
        Map<String, String> facts,
        Metrics metrics,
        GlimpseHistory history,
        Dataset images,
        List<LabelledPrediction> predictions) {

    private static final int MISTAKES = 12;
    private static final double CHART_SCALE = 1.6;
    private static final int FRAME = 45; // hundredths of a second

    public RunReport {
        facts = new LinkedHashMap<>(facts);
        predictions = List.copyOf(predictions);
    }

    /** Returns all files of the report by name: {@code report.html}, and the pictures in the folder {@code report}. */
    public Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("report/curves.png", PngFile.of(curves()).file());
        files.put("report/confusion.png", PngFile.of(confusion().draw()).file());
        if (predictions.stream().anyMatch(prediction -> !prediction.boxes().isEmpty())) {
            files.put(
                    "report/attention.png",
                    PngFile.of(new GlimpseMap(images.shape(), predictions).draw())
                            .file());
        }
        ContactSheet sheet = new ContactSheet(manifest.model(), images);
        if (!mistakes().isEmpty()) {
            List<LabelledPrediction> worst =
                    mistakes().subList(0, Math.min(10, mistakes().size()));
            files.put(
                    "report/mistakes.png",
                    PngFile.of(sheet.draw("worst mistakes", worst)).file());
        }
        if (!history.predictions().isEmpty()) {
            files.put("report/glimpses.gif", animation(sheet));
            int last = history.predictions().lastKey();
            files.put(
                    "report/glimpses.png",
                    PngFile.of(sheet.draw(
                                    "after epoch " + last, history.predictions().get(last)))
                            .file());
        }
        files.put("report.html", new ReportPage(this, files).toBytes());
        return files;
    }

    /** Returns the wrong predictions of the highest probability, the worst first. */
    List<LabelledPrediction> mistakes() {
        return predictions.stream()
                .filter(prediction -> !prediction.isRight())
                .sorted(Comparator.comparingDouble(LabelledPrediction::confidence)
                        .reversed())
                .limit(MISTAKES)
                .toList();
    }

    Confusion confusion() {
        return new Confusion(manifest.model().labels(), predictions);
    }

    private BufferedImage curves() {
        List<Chart> charts = metrics.charts();
        int columns = 2;
        int rows = (charts.size() + columns - 1) / columns;
        Canvas canvas = new Canvas(
                (int) (columns * Chart.WIDTH * CHART_SCALE),
                (int) (rows * Chart.HEIGHT * CHART_SCALE),
                ChartColour.GROUND.onDark());
        for (int i = 0; i < charts.size(); i++) {
            double left = (double) i % columns * Chart.WIDTH;
            double top = Math.floor((double) i / columns) * Chart.HEIGHT;
            charts.get(i).draw(new CanvasSurface(canvas, left, top, CHART_SCALE));
        }
        return canvas.toImage();
    }

    private byte[] animation(ContactSheet sheet) {
        List<BufferedImage> frames = new ArrayList<>();
        history.frames()
                .forEach((epoch, seen) ->
                        frames.add(sheet.draw(epoch == 0 ? "before training" : "after epoch " + epoch, seen)));
        return AnimatedGif.of(frames, FRAME);
    }
}
