package io.github.ram.service.prediction;

import io.github.ram.model.Query;
import io.github.ram.model.image.digit.ModelInput;
import io.github.ram.model.image.digit.PreprocessingMode;
import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import io.github.ram.service.model.ServedModel;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The options of a request, in its query or in the fields of its form.
 *
 * @param preprocess how images are made into the model's input
 * @param rollouts M, in [1, 32]: how many rollouts' probabilities are averaged
 * @param boxInPicture whether boxes are in pixels of the picture rather than of the model's input
 * @param explain whether the answer has the model's input, and the probabilities after each glimpse
 */
record PredictionOptions(PreprocessingMode preprocess, int rollouts, boolean boxInPicture, boolean explain) {

    private static final List<String> NAMES = List.of("preprocess", "rollouts", "box", "explain");

    private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");

    /**
     * Reads the options of a request.
     *
     * @throws Rejection if an option is unknown or has an unknown value
     */
    static PredictionOptions of(HttpServletRequest request) {
        return of(request, Map.of());
    }

    /**
     * Reads the options of a request that is a form.
     *
     * @param fields of the form, which may hold options as the query may
     * @throws Rejection if an option is unknown or has an unknown value
     */
    static PredictionOptions of(HttpServletRequest request, Map<String, List<String>> fields) {
        Map<String, String> values = new HashMap<>();
        query(request).forEach((name, all) -> put(values, name, List.of(all)));
        // A browser sends a field that the user left empty.
        fields.forEach((name, all) ->
                put(values, name, all.stream().filter(value -> !value.isEmpty()).toList()));
        return new PredictionOptions(
                preprocess(values.getOrDefault("preprocess", "auto")),
                rollouts(values.getOrDefault("rollouts", "1")),
                oneOf("box", values.getOrDefault("box", "input"), List.of("input", "picture"))
                        .equals("picture"),
                // Python writes True.
                oneOf(
                                "explain",
                                values.getOrDefault("explain", "false").toLowerCase(Locale.ROOT),
                                List.of("false", "true"))
                        .equals("true"));
    }

    /**
     * Checks that a model can heed the options.
     *
     * @throws Rejection if several rollouts are asked of a model that has none, or the ink of digits of a model of
     *     pictures
     */
    void requireFit(ServedModel model) {
        try {
            model.preprocessor().requireFit(preprocess);
        } catch (IllegalArgumentException e) {
            throw new Rejection(Reason.MALFORMED, e.getMessage());
        }
        if (rollouts > model.mostRollouts()) {
            throw new Rejection(
                    Reason.MALFORMED,
                    "the model %s sees the whole picture at once and has no rollouts: leave rollouts out, got %d",
                    model.manifest().name(),
                    rollouts);
        }
    }

    /** The query to the model about an image. */
    Query query(ServedModel model, ModelInput image) {
        Query query = model.predictor().query(image.pixels(), rollouts);
        return explain ? query.explainedToo() : query;
    }

    private static Map<String, String[]> query(HttpServletRequest request) {
        try {
            return request.getParameterMap();
        } catch (IllegalStateException e) {
            throw new Rejection(Reason.MALFORMED, "the query cannot be read: correct the part after the question mark");
        }
    }

    private static void put(Map<String, String> options, String name, List<String> values) {
        if (!NAMES.contains(name)) {
            throw new Rejection(
                    Reason.MALFORMED,
                    "there is no option %s: the options are %s",
                    Rejection.excerpt(name),
                    String.join(", ", NAMES));
        }
        for (String value : values) {
            String before = options.putIfAbsent(name, value);
            if (before != null && !before.equals(value)) {
                throw new Rejection(Reason.MALFORMED, "the request has two values of %s: give it once", name);
            }
        }
    }

    private static PreprocessingMode preprocess(String value) {
        try {
            return PreprocessingMode.named(Rejection.excerpt(value));
        } catch (IllegalArgumentException e) {
            throw new Rejection(Reason.MALFORMED, e.getMessage());
        }
    }

    private static int rollouts(String value) {
        if (COUNT.matcher(value).matches()) {
            int rollouts = Integer.parseInt(value);
            if (rollouts >= 1 && rollouts <= ServedModel.MOST_ROLLOUTS) {
                return rollouts;
            }
        }
        throw new Rejection(
                Reason.MALFORMED,
                "rollouts must be an integer in [1, %d], got %s",
                ServedModel.MOST_ROLLOUTS,
                Rejection.excerpt(value));
    }

    private static String oneOf(String name, String value, List<String> values) {
        if (!values.contains(value)) {
            throw new Rejection(
                    Reason.MALFORMED,
                    "%s must be one of %s, got %s",
                    name,
                    String.join(", ", values),
                    Rejection.excerpt(value));
        }
        return value;
    }
}
