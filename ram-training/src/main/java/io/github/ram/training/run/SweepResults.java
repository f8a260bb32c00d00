package io.github.ram.training.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The results of a sweep's runs.
 *
 * @param runs in the order of training
 */
public record SweepResults(List<Run> runs) {

    /**
     * One run.
     *
     * @param settings by option
     * @param epoch the best epoch
     * @param validationErrorPercent of the best epoch, or null if the run failed
     * @param testErrorPercent of the same model, or null if it was not measured
     * @param failure the reason that the run has no result, or null
     */
    public record Run(
            Map<String, String> settings,
            long seed,
            Integer epoch,
            Double validationErrorPercent,
            Double testErrorPercent,
            String failure) {}

    /**
     * Several runs of the same settings.
     *
     * @param runs that have a result
     */
    record Summary(Map<String, String> settings, int runs, Spread validationErrorPercent, Spread testErrorPercent) {}

    /** The mean and the worst of several values. */
    record Spread(double mean, double worst) {

        private static Spread of(List<Double> values) {
            return values.isEmpty()
                    ? null
                    : new Spread(
                            values.stream()
                                    .mapToDouble(value -> value)
                                    .average()
                                    .orElseThrow(),
                            values.stream().mapToDouble(value -> value).max().orElseThrow());
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.2f (%.2f)", mean, worst);
        }
    }

    /** Returns a summary for each setting. */
    public List<Summary> summaries() {
        Map<Map<String, String>, List<Run>> bySetting = new LinkedHashMap<>();
        runs.forEach(run -> bySetting
                .computeIfAbsent(run.settings(), setting -> new ArrayList<>())
                .add(run));
        return bySetting.entrySet().stream()
                .map(entry -> new Summary(
                        entry.getKey(),
                        values(entry.getValue(), Run::validationErrorPercent).size(),
                        Spread.of(values(entry.getValue(), Run::validationErrorPercent)),
                        Spread.of(values(entry.getValue(), Run::testErrorPercent))))
                .toList();
    }

    private static List<Double> values(List<Run> runs, Function<Run, Double> value) {
        return runs.stream().map(value).filter(Objects::nonNull).toList();
    }

    /** Returns a table in Markdown, one row per setting. Errors are in percent: the mean and, in brackets, the worst. */
    public String table() {
        List<String> names =
                runs.isEmpty() ? List.of() : List.copyOf(runs.get(0).settings().keySet());
        List<String> head = new ArrayList<>(names);
        head.addAll(List.of("runs", "validation error %", "test error %"));
        StringBuilder table = new StringBuilder(row(head));
        table.append(row(head.stream().map(name -> "---").toList()));
        for (Summary summary : summaries()) {
            List<String> cells = new ArrayList<>(
                    names.stream().map(name -> summary.settings().get(name)).toList());
            cells.add(Integer.toString(summary.runs()));
            cells.add(Objects.toString(summary.validationErrorPercent(), "–"));
            cells.add(Objects.toString(summary.testErrorPercent(), "–"));
            table.append(row(cells));
        }
        runs.stream()
                .filter(run -> run.failure() != null)
                .forEach(run -> table.append(String.format(
                        Locale.ROOT, "%nfailed: %s seed %d: %s", run.settings(), run.seed(), run.failure())));
        return table.toString().stripTrailing();
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |" + System.lineSeparator();
    }
}
