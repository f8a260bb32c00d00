package io.github.ram.helm;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

/** Decides whether tests run that need more than Java. The tests of the images use this class too. */
public final class Needs {

    private Needs() {}

    /** Returns whether a test that cannot run here is a failure: the environment variable is {@code required}. */
    public static boolean required(String variable) {
        return isOneOf(variable, "required");
    }

    /**
     * Returns that the tests run, or that the obstacle skips them. An obstacle is an error if the environment variable has
     * one of the values.
     */
    public static ConditionEvaluationResult unless(Optional<String> obstacle, String variable, String... values) {
        if (obstacle.isEmpty()) {
            return ConditionEvaluationResult.enabled("nothing is missing");
        }
        if (isOneOf(variable, values)) {
            throw new IllegalStateException(
                    "%s is %s, but %s".formatted(variable, System.getenv(variable), obstacle.get()));
        }
        return ConditionEvaluationResult.disabled(obstacle.get());
    }

    private static boolean isOneOf(String variable, String... values) {
        String value = System.getenv(variable);
        return value != null && List.of(values).contains(value);
    }
}
