package io.github.ram.docker;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Marks tests that run containers. Without a Docker engine or the base images they are skipped with the reason, or fail
 * with {@code RAM_CONTAINERS=required} in the environment.
 */
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsImages.Condition.class)
@interface NeedsImages {

    /** Asks the Docker engine. */
    final class Condition implements ExecutionCondition {

        /** Returns whether a test that cannot run here is a failure. */
        static boolean required() {
            return "required".equals(System.getenv("RAM_CONTAINERS"));
        }

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            Optional<String> obstacle = Images.obstacle();
            if (obstacle.isEmpty()) {
                return ConditionEvaluationResult.enabled("there is a Docker engine with the images to build on");
            }
            if (required()) {
                throw new IllegalStateException("RAM_CONTAINERS is required, but " + obstacle.get());
            }
            return ConditionEvaluationResult.disabled(obstacle.get());
        }
    }
}
