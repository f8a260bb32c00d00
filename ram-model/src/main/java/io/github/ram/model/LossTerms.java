package io.github.ram.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The terms of a loss by name, in the order of the log. Each term is a mean over images. The first, {@value #LOSS},
 * is the value that training minimises; the last is {@value #ACCURACY}.
 *
 * @param values the terms by name
 */
public record LossTerms(@JsonValue Map<String, Double> values) {

    /** Name of the total loss. */
    public static final String LOSS = "loss";

    /** Name of the training accuracy: the share of correctly classified training images, in [0, 1]. */
    public static final String ACCURACY = "accuracy";

    /** No terms: the start of a sum. */
    public static final LossTerms NONE = new LossTerms(Map.of());

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public LossTerms {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Returns the value of a term, or 0 for an unknown term. */
    public double get(String term) {
        return values.getOrDefault(term, 0.0);
    }

    /** Returns this + weight · other. */
    public LossTerms plus(LossTerms other, double weight) {
        Map<String, Double> sums = new LinkedHashMap<>(values);
        other.values.forEach((term, value) -> sums.merge(term, weight * value, Double::sum));
        return new LossTerms(sums);
    }

    /** Whether every term is finite. */
    public boolean isFinite() {
        return values.values().stream().allMatch(Double::isFinite);
    }
}
