package io.github.ram.helm.cluster;

import io.github.ram.helm.Command;
import io.github.ram.helm.Command.Outcome;
import io.github.ram.helm.Needs;
import java.lang.annotation.ElementType;
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
    private static final String REQUIRED = "RAM_KUBERNETES";

    private Kubernetes() {}

    /** Returns what kubectl prints; a failure is an error. */
    static String kubectl(String... arguments) {
        return run("kubectl", arguments);
    }

    /** Returns what a program prints that gets the kubeconfig: kubectl, helm3 or helm4. A failure is an error. */
    static String run(String program, String... arguments) {
        return Command.run(HERE, environment(), Command.with(List.of(program), arguments));
    }

    /** Returns how a program ended that gets the kubeconfig. */
    static Outcome call(String program, String... arguments) {
        return Command.call(HERE, environment(), Command.with(List.of(program), arguments));
    }

    private static Map<String, String> environment() {
        return Map.of("KUBECONFIG", System.getenv("RAM_KUBECONFIG"));
    }

    /** Returns a name that no namespace has. */
    static String newName() {
        return "ram-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }

    private static Optional<String> withoutApiServer() {
        if (System.getenv("RAM_KUBECONFIG") == null) {
            return Optional.of("RAM_KUBECONFIG does not name the kubeconfig of a cluster for tests");
        }
        if (!Command.succeeds(HERE, List.of("kubectl", "version", "--client"))) {
            return Optional.of("there is no kubectl");
        }
        Outcome outcome = call("kubectl", "get", "--raw", "/readyz");
        return outcome.status() == 0
                ? Optional.empty()
                : Optional.of("the cluster is not ready: " + outcome.output().strip());
    }

    private static Optional<String> withoutNodes() {
        return kubectl("get", "nodes", "--output=name").isBlank()
                ? Optional.of("the cluster has no node")
                : List.of("helm3", "helm4").stream()
                        .filter(program -> !Command.succeeds(HERE, List.of(program, "version")))
                        .findFirst()
                        .map("there is no %s"::formatted);
    }

    /**
     * Marks tests that need the API server of a cluster. Without one they are skipped with the reason. With
     * {@code RAM_KUBERNETES} {@code api} or {@code required} in the environment they fail instead.
     */
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @ExtendWith(ApiServer.class)
    @interface NeedsApiServer {}

    /**
     * Marks tests that need a cluster with a node, Helm 3 and Helm 4. Without one they are skipped with the reason. With
     * {@code RAM_KUBERNETES=required} in the environment they fail instead.
     */
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @ExtendWith(Nodes.class)
    @interface NeedsNodes {}

    /** Asks the API server. */
    static final class ApiServer implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return Needs.unless(withoutApiServer(), REQUIRED, "api", "required");
        }
    }

    /** Asks for the nodes. */
    static final class Nodes implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return Needs.unless(withoutApiServer().or(Kubernetes::withoutNodes), REQUIRED, "required");
        }
    }
}
