package io.github.ram.training.cli;

import io.github.ram.model.checkpoint.BundledModel;
import io.github.ram.model.checkpoint.Manifest;
import io.github.ram.training.cli.option.JsonOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the bundled models. */
@Command(
        name = "models",
        description = "Lists the bundled models, which --checkpoint takes by name: task, test error, protocol, size,"
                + " command of the training, date.",
        sortOptions = false)
final class ModelsCommand implements Runnable {

    @Mixin
    private JsonOption json;

    @Override
    public void run() {
        List<Entry> entries = BundledModel.all().stream()
                .map(model -> new Entry(model, model.checkpoint().manifest()))
                .toList();
        json.print(
                Map.of("models", entries.stream().map(Entry::summary).toList()),
                () -> entries.stream().map(Entry::words).collect(Collectors.joining(System.lineSeparator())));
    }

    private record Entry(BundledModel model, Manifest manifest) {

        Map<String, Object> summary() {
            Map<String, Object> summary = new LinkedHashMap<>();
            summary.put("name", model.name());
            summary.put("task", model.task());
            summary.put("errors", model.testErrors());
            summary.put("total", model.testImages());
            summary.put("errorPercent", model.testErrorPercent());
            summary.put("protocol", model.protocol());
            summary.put("size", model.size());
            summary.put("command", manifest.provenance().command());
            summary.put("date", model.date().toString());
            summary.put("version", manifest.version());
            return summary;
        }

        String words() {
            return String.format(
                    Locale.ROOT,
                    "%-12s %s: %.2f %% test error (%d of %,d), %s%n%12s %s, %,d bytes, %s",
                    model.name(),
                    model.task(),
                    model.testErrorPercent(),
                    model.testErrors(),
                    model.testImages(),
                    model.protocol(),
                    "",
                    model.date(),
                    model.size(),
                    manifest.provenance().command());
        }
    }
}
