package io.github.ram.training.run;

import io.github.ram.model.Classifier;
import io.github.ram.model.EngineChoice;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.training.TrainingException;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.loop.Evaluator;
import io.github.ram.training.loop.TrainingConfig;
import io.github.ram.training.report.Examination;
import io.github.ram.training.report.LabelledPrediction;
import io.github.ram.training.report.Metrics;
import io.github.ram.training.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The report of a run, made from {@code best.ram}, {@code metrics.csv} and {@code glimpses.csv} in the run's folder. It
 * can be made while the run is training.
 *
 * @param directory of the run
 */
public record ReportFiles(Path directory) {

    /**
     * Writes {@code report.html} and the pictures in the folder {@code report}.
     *
     * @param config of the run
     * @param images to examine the best model with
     * @return the page
     * @throws TrainingException if no epoch is complete yet, or if a file cannot be read or written
     */
    public Path write(TrainingConfig config, Dataset images) {
        Path best = directory.resolve("best.ram");
        if (!Files.exists(best)) {
            throw new TrainingException(String.format(
                    Locale.ROOT, "%s has no report yet: best.ram is written when the first epoch ends", directory));
        }
        Checkpoint checkpoint = Checkpoint.load(best);
        List<LabelledPrediction> predictions;
        try (Classifier classifier = checkpoint.classifier(EngineChoice.AUTO, Evaluator.BATCH)) {
            int[] all = IntStream.range(0, images.size()).toArray();
            predictions = Examination.of(checkpoint.model(), classifier, images, all);
        }
        RunReport report = new RunReport(
                checkpoint.manifest(),
                facts(config),
                metrics(),
                new GlimpseFile(directory).read(),
                images,
                predictions);
        // The page and the pictures belong together, so only one process at a time writes them.
        try (RunLock lock = RunLock.ofReport(directory)) {
            Files.createDirectories(lock.directory().resolve("report"));
            report.files().forEach((name, content) -> OutputFile.write(directory.resolve(name), content));
        } catch (IOException e) {
            throw new TrainingException(
                    String.format(Locale.ROOT, "a folder cannot be made in %s: %s", directory, e), e);
        }
        return directory.resolve("report.html");
    }

    private Metrics metrics() {
        Path file = directory.resolve("metrics.csv");
        try {
            return Metrics.parse(Files.readAllLines(file));
        } catch (IOException | IllegalArgumentException e) {
            throw new TrainingException(String.format(Locale.ROOT, "%s cannot be read: %s", file, e.getMessage()), e);
        }
    }

    /** Returns every value of the configuration, by its path. */
    private static Map<String, String> facts(TrainingConfig config) {
        Map<String, String> facts = new LinkedHashMap<>();
        collect("", JsonMapper.builder().build().valueToTree(config), facts);
        return facts;
    }

    private static void collect(String path, JsonNode node, Map<String, String> facts) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> collect(
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), facts));
        } else if (node.isArray()) {
            List<String> values = node.valueStream().map(JsonNode::asString).toList();
            facts.put(path, String.join(", ", values));
        } else {
            facts.put(path, node.asString());
        }
    }
}
