package io.github.ram.training.cli;

import io.github.ram.model.Classifier;
import io.github.ram.model.EngineChoice;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.training.cli.option.CheckpointOption;
import io.github.ram.training.cli.option.DataOptions;
import io.github.ram.training.cli.option.DatasetOption;
import io.github.ram.training.cli.option.JsonOption;
import io.github.ram.training.data.Contents;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.source.DataSource;
import io.github.ram.training.loop.Evaluator;
import io.github.ram.training.loop.TemperatureSearch;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Divides a model's logits by the temperature that fits the validation images best. */
@Command(
        name = "calibrate",
        description = {
            "Makes a model's confidences match its share of right answers: divides its logits by the temperature with"
                    + " the least cross-entropy on the validation images, and writes the model.",
            "The classes that the model names stay the same. Never uses the test images."
        },
        sortOptions = false)
final class CalibrateCommand implements Callable<Integer> {

    @Mixin
    private CheckpointOption checkpoint;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Checkpoint to write.")
    private Path out;

    @Mixin
    private DataOptions data;

    @Mixin
    private DatasetOption dataset;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        Checkpoint model = checkpoint.load();
        DataSource source = dataset.of(model);
        Dataset images = source.load(Split.VALIDATION, data.directory(source), Contents.of(model.manifest()));
        Evaluator evaluator =
                new Evaluator(model.model(), 1, Runtime.getRuntime().availableProcessors());
        double temperature = TemperatureSearch.least(candidate ->
                evaluate(evaluator, model.calibrated(candidate), images).crossEntropy());
        Checkpoint calibrated = model.calibrated(temperature);
        Evaluator.Result before = evaluate(evaluator, model, images);
        Evaluator.Result after = evaluate(evaluator, calibrated, images);
        calibrated.save(out);
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("temperature", temperature);
        summary.put("crossEntropy", after.crossEntropy());
        summary.put("calibrationErrorPercent", 100 * after.calibrationError());
        summary.put("checkpoint", out.toString());
        json.print(
                summary,
                () -> String.format(
                        Locale.ROOT,
                        "temperature %.3f, %d validation images: cross-entropy %.4f to %.4f, calibration error %.2f"
                                + " to %.2f %%: %s",
                        temperature,
                        images.size(),
                        before.crossEntropy(),
                        after.crossEntropy(),
                        100 * before.calibrationError(),
                        100 * after.calibrationError(),
                        out));
        return 0;
    }

    private static Evaluator.Result evaluate(Evaluator evaluator, Checkpoint model, Dataset images) {
        try (Classifier classifier = model.classifier(EngineChoice.AUTO, Evaluator.BATCH)) {
            return evaluator.evaluate(classifier, images);
        }
    }
}
