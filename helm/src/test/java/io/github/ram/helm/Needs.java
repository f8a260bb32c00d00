package io.github.ram.helm;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

/** Decides whether tests run that need more than Java. The tests of the images use this class too. */
public final class Needs {

    private Needs() {}

    /** Returns whether a test that cannot run here is a failure: the environment variable is {@code required}. */
    public static boolean required(String variable) {
        return "required".equals(System.getenv(variable));
    }

    /** Returns that the tests run, or that they are skipped because of the obstacle. It fails if they are required. */
    public static ConditionEvaluationResult unless(Optional<String> obstacle, String variable) {
        if (obstacle.isEmpty()) {
            return ConditionEvaluationResult.enabled("nothing is missing");
        }
        if (required(variable)) {
            throw new IllegalStateException("%s is required, but %s".formatted(variable, obstacle.get()));
        }
        return ConditionEvaluationResult.disabled(obstacle.get());
    }
}
