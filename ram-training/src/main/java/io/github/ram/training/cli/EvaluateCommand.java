package io.github.ram.training.cli;

import io.github.ram.model.Classifier;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.training.cli.option.CheckpointOption;
import io.github.ram.training.cli.option.DataOptions;
import io.github.ram.training.cli.option.DatasetOption;
import io.github.ram.training.cli.option.EngineOption;
import io.github.ram.training.cli.option.Failure;
import io.github.ram.training.cli.option.JsonOption;
import io.github.ram.training.data.Contents;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.source.DataSource;
import io.github.ram.training.loop.Evaluator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Counts a model's errors on a data set's test images. */
@Command(
        name = "evaluate",
        description = "Counts a model's errors on a data set's test images. The same model gives the same count every"
                + " time.",
        sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private CheckpointOption checkpoint;

    @Mixin
    private DataOptions data;

    @Mixin
    private DatasetOption dataset;

    @Option(
            names = "--split",
            paramLabel = "NAME",
            defaultValue = "test",
            description = "Images to evaluate: test, validation or train. Default: test.")
    private Split split;

    @Option(
            names = "--rollouts",
            paramLabel = "M",
            defaultValue = "1",
            description = "Rollouts per image: one greedy, the others sampled. Their class probabilities are averaged."
                    + " Default: 1.")
    private int rollouts;

    @Option(names = "--threads", paramLabel = "N", description = "Threads to use. Default: one per core.")
    private Integer threads;

    @Mixin
    private EngineOption engine;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        Checkpoint model = checkpoint.load();
        DataSource source = dataset.of(model);
        int count = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        Evaluator evaluator = Failure.asUsage(spec, () -> new Evaluator(model.model(), rollouts, count));
        Dataset images = source.load(split, data.directory(source), Contents.of(model.manifest()));
        try (Classifier classifier = engine.classifier(model, Evaluator.BATCH)) {
            Evaluator.Result result = evaluator.evaluate(classifier, images);
            Map<String, Object> summary = new LinkedHashMap<>();
            summary.put("dataset", source.toString());
            summary.put("total", result.total());
            summary.put("errors", result.errors());
            summary.put("errorPercent", result.errorPercent());
            if (result.hasTop5()) {
                summary.put("top5ErrorPercent", result.top5ErrorPercent());
            }
            summary.put("rollouts", result.rollouts());
            summary.put("imagesPerSecond", Math.round(result.imagesPerSecond()));
            summary.put("calibrationErrorPercent", 100 * result.calibrationError());
            json.print(
                    summary,
                    () -> String.format(
                            Locale.ROOT,
                            "%s, %s images: %d errors of %d = %.2f %%%s (calibration error: %.2f %%; rollouts: %d; %.0f images/s)",
                            source,
                            split,
                            result.errors(),
                            result.total(),
                            result.errorPercent(),
                            result.hasTop5()
                                    ? String.format(Locale.ROOT, ", top-5 %.2f %%", result.top5ErrorPercent())
                                    : "",
                            100 * result.calibrationError(),
                            result.rollouts(),
                            result.imagesPerSecond()));
        }
        return 0;
    }
}
