package io.github.ram.training.run;

import io.github.ram.model.Classifier;
import io.github.ram.model.LossTerms;
import io.github.ram.model.ModelSpec;
import io.github.ram.training.TrainingException;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.loop.EpochReport;
import io.github.ram.training.loop.StepReport;
import io.github.ram.training.loop.TrainingListener;
import io.github.ram.training.report.ContactSheet;
import io.github.ram.training.report.EventFile;
import io.github.ram.training.report.Examination;
import io.github.ram.training.report.LabelledPrediction;
import io.github.ram.training.report.PngFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Records a run while it trains: writes event files for TensorBoard to the run's folder, and the predictions for one
 * validation image of each class, epoch by epoch.
 */
public final class RunRecorder implements TrainingListener, AutoCloseable {

    /** Steps per event, which holds the means over them. */
    private static final int STEPS = 50;

    private final Path directory;
    private final Dataset validation;
    private final GlimpseFile glimpses;
    private final int[] images;
    private EventFile events;
    private LossTerms terms = LossTerms.NONE;
    private int steps;

    /**
     * @param directory of the run
     * @param validation images
     */
    RunRecorder(Path directory, Dataset validation) {
        this.directory = directory;
        this.validation = validation;
        this.glimpses = new GlimpseFile(directory);
        this.images = Examination.samples(validation);
    }

    @Override
    public void begins(long step, int epoch, ModelSpec model, Classifier classifier) {
        record(() -> {
            events = EventFile.begin(directory, step);
            if (step == 0) {
                examine(epoch, step, model, classifier);
            }
        });
    }

    @Override
    public void stepped(StepReport report) {
        terms = terms.plus(report.terms(), 1);
        steps++;
        if (report.number() % STEPS != 0) {
            return;
        }
        Map<String, Double> values = new LinkedHashMap<>();
        terms.values().forEach((term, sum) -> values.put("training/" + term, sum / steps));
        values.put("training/learningRate", report.learningRate());
        report.norms().forEach((group, norm) -> values.put("gradientNorm/" + group, norm));
        record(() -> events.scalars(report.number(), values));
        terms = LossTerms.NONE;
        steps = 0;
    }

    @Override
    public void evaluated(EpochReport report, long step, ModelSpec model, Classifier classifier) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("validation/errorPercent", report.validation().errorPercent());
        if (report.validation().hasTop5()) {
            values.put("validation/top5ErrorPercent", report.validation().top5ErrorPercent());
        }
        values.put("validation/accuracy", 1 - report.validation().errorPercent() / 100);
        values.put("validation/crossEntropy", report.validation().crossEntropy());
        values.put("epoch/accuracy", report.training().get(LossTerms.ACCURACY));
        values.put("epoch/imagesPerSecond", report.imagesPerSecond());
        record(() -> {
            events.scalars(step, values);
            examine(report.epoch(), step, model, classifier);
        });
    }

    @Override
    public void saved(EpochReport report) {
        System.err.println(report);
    }

    private void examine(int epoch, long step, ModelSpec model, Classifier classifier) throws IOException {
        List<LabelledPrediction> predictions = Examination.of(model, classifier, validation, images);
        glimpses.write(glimpses.read().with(epoch, predictions));
        String heading = epoch == 0 ? "before training" : "after epoch " + epoch;
        events.image(step, "glimpses", PngFile.of(new ContactSheet(model, validation).draw(heading, predictions)));
    }

    private interface Recording {
        void run() throws IOException;
    }

    private void record(Recording recording) {
        try {
            recording.run();
        } catch (IOException e) {
            throw new TrainingException(
                    String.format(
                            Locale.ROOT,
                            "the run cannot be recorded in %s: %s; the files saved before are untouched; free some space and resume with --resume",
                            directory,
                            e.getMessage()),
                    e);
        }
    }

    @Override
    public void close() {
        if (events != null) {
            record(events::close);
        }
    }
}
