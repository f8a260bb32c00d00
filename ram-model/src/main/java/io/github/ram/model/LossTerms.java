package io.github.ram.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The terms of a loss by name, in the order in which they are logged; each is a mean over images. {@value #LOSS} comes
 * first and is what the gradients minimise; {@value #ACCURACY} comes last.
 *
 * @param values by name
 */
public record LossTerms(@JsonValue Map<String, Double> values) {

    /** Name of the whole loss. */
    public static final String LOSS = "loss";

    /** Name of the share of training images that were classified rightly. */
    public static final String ACCURACY = "accuracy";

    /** No terms: a sum that has not begun. */
    public static final LossTerms NONE = new LossTerms(Map.of());

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public LossTerms {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Value of a term; 0 if there is no such term. */
    public double get(String term) {
        return values.getOrDefault(term, 0.0);
    }

    /** This plus other times weight. */
    public LossTerms plus(LossTerms other, double weight) {
        Map<String, Double> sums = new LinkedHashMap<>(values);
        other.values.forEach((term, value) -> sums.merge(term, weight * value, Double::sum));
        return new LossTerms(sums);
    }

    /** Whether every term is a number. */
    public boolean isFinite() {
        return values.values().stream().allMatch(Double::isFinite);
    }
}
