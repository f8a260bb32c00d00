package io.github.ram.helm;

import io.github.ram.helm.Command.Outcome;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The cluster of the kubeconfig that {@code RAM_KUBECONFIG} names. No other kubeconfig is used. */
final class Kubernetes {

    private static final Path HERE = Path.of("").toAbsolutePath();

    private Kubernetes() {}

    /** Returns how kubectl ended. */
    static Outcome call(String... arguments) {
        return call(List.of("kubectl"), arguments);
    }

    /** Returns what kubectl prints; a failure is an error. */
    static String kubectl(String... arguments) {
        return Command.run(HERE, environment(), Command.with(List.of("kubectl"), arguments));
    }

    private static Outcome call(List<String> program, String... arguments) {
        return Command.call(HERE, environment(), Command.with(program, arguments));
    }

    private static Map<String, String> environment() {
        return Map.of("KUBECONFIG", System.getenv("RAM_KUBECONFIG"));
    }

    /** Returns a name that no namespace has. */
    static String newName() {
        return "ram-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }

    /**
     * Marks tests that need the API server of a cluster. Without one they are skipped with the reason, or fail with
     * {@code RAM_KUBERNETES=required} in the environment.
     */
    @Inherited
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @ExtendWith(Condition.class)
    @interface Needed {}

    /** Asks the API server. */
    static final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return Needs.unless(obstacle(), "RAM_KUBERNETES");
        }

        private static Optional<String> obstacle() {
            if (System.getenv("RAM_KUBECONFIG") == null) {
                return Optional.of("RAM_KUBECONFIG does not name the kubeconfig of a cluster for tests");
            }
            if (!Command.succeeds(HERE, List.of("kubectl", "version", "--client"))) {
                return Optional.of("there is no kubectl");
            }
            Outcome outcome = call("get", "--raw", "/readyz");
            return outcome.status() == 0
                    ? Optional.empty()
                    : Optional.of(
                            "the cluster is not ready: " + outcome.output().strip());
        }
    }
}
