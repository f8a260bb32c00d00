package io.github.ram.training.report;

import io.github.ram.model.LossTerms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The metrics of a run's epochs.
 *
 * @param columns the values of the epochs, from epoch 1, by name
 */
public record Metrics(Map<String, double[]> columns) {

    /**
     * Parses rows of values separated by commas, after a row of names.
     *
     * @throws IllegalArgumentException if the rows have another form
     */
    public static Metrics parse(List<String> rows) {
        Map<String, double[]> columns = new LinkedHashMap<>();
        if (rows.isEmpty()) {
            return new Metrics(columns);
        }
        String[] names = rows.get(0).split(",");
        for (String name : names) {
            columns.put(name, new double[rows.size() - 1]);
        }
        for (int row = 1; row < rows.size(); row++) {
            String[] values = rows.get(row).split(",");
            if (values.length != names.length) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT, "row %d has %d values, expected %d", row, values.length, names.length));
            }
            for (int i = 0; i < names.length; i++) {
                columns.get(names[i])[row - 1] = Double.parseDouble(values[i]);
            }
        }
        return new Metrics(columns);
    }

    /** The number of epochs. */
    int epochs() {
        return columns.values().stream()
                .mapToInt(values -> values.length)
                .findFirst()
                .orElse(0);
    }

    /** Returns the epoch with the fewest validation errors, the first of equals; 0 if there is no epoch. */
    int best() {
        double[] errors = column("validationErrorPercent");
        int best = 0;
        for (int i = 1; i <= errors.length; i++) {
            best = best == 0 || errors[i - 1] < errors[best - 1] ? i : best;
        }
        return best;
    }

    /** Returns charts of the columns: the errors first, then every term of the loss. */
    List<Chart> charts() {
        double[] trainingErrors = Arrays.stream(column(LossTerms.ACCURACY))
                .map(accuracy -> 100 * (1 - accuracy))
                .toArray();
        List<Chart.Curve> errors = new ArrayList<>(List.of(
                new Chart.Curve("training", trainingErrors),
                new Chart.Curve("validation", column("validationErrorPercent"))));
        double[] top5 = column("validationTop5ErrorPercent");
        if (top5.length > 0) {
            errors.add(new Chart.Curve("validation, top-5", top5));
        }
        List<Chart> charts = new ArrayList<>();
        charts.add(new Chart("error, %", true, errors, best()));
        columns.keySet().stream().filter(Metrics::isLossTerm).forEach(term -> charts.add(chart(words(term), term)));
        charts.add(chart("learning rate", "learningRate"));
        charts.add(chart("images a second", "imagesPerSecond"));
        return charts;
    }

    private static boolean isLossTerm(String column) {
        return column.endsWith("Loss");
    }

    /** Returns a name such as {@code classificationLoss} as words. */
    private static String words(String name) {
        return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    /** Returns a chart of one column, logarithmic if all values are positive. */
    private Chart chart(String title, String column) {
        double[] values = column(column);
        boolean isLogarithmic =
                !column.equals("imagesPerSecond") && Arrays.stream(values).allMatch(value -> value > 0);
        return new Chart(title, isLogarithmic, List.of(new Chart.Curve(title, values)), best());
    }

    /** Returns the values of a column; no values if there is no such column. */
    double[] column(String name) {
        return columns.getOrDefault(name, new double[0]);
    }
}
