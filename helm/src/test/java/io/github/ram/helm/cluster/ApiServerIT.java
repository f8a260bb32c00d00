package io.github.ram.helm.cluster;

import static io.github.ram.helm.cluster.Kubernetes.kubectl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ram.helm.Chart;
import io.github.ram.helm.Command.Outcome;
import io.github.ram.helm.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A real API server accepts the objects of the charts, in a namespace that enforces restricted Pod Security. */
@Kubernetes.NeedsApiServer
class ApiServerIT {

    private static final String NAMESPACE = Kubernetes.newName();
    private static final String RESTRICTED = """
            apiVersion: v1
            kind: Namespace
            metadata:
              name: %1$s
              labels: {pod-security.kubernetes.io/enforce: restricted, pod-security.kubernetes.io/warn: restricted}
            ---
            # If a controller runs, it makes this account as well.
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: default, namespace: %1$s}
            """;

    @TempDir
    Path directory;

    @BeforeAll
    static void makeNamespace(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("namespace.yaml"), RESTRICTED.formatted(NAMESPACE));
        // Apply fails if the controller makes the account between its look and its request.
        await().untilAsserted(() -> kubectl("apply", "--filename=" + file));
    }

    @AfterAll
    static void removeNamespace() {
        kubectl("delete", "namespace", NAMESPACE, "--wait=false");
    }

    private static Stream<Arguments> sets() {
        return Stream.of("ram-service", "ram-training")
                .flatMap(chart -> Stream.concat(Stream.of("defaults"), Chart.named(chart).sets().stream())
                        .map(set -> Arguments.of(chart, set)));
    }

    @ParameterizedTest
    @MethodSource("sets")
    void everyObjectOfASetIsAccepted(String chart, String set) throws IOException {
        assertAccepted(chart, set.equals("defaults") ? null : set, "{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ram-service | {autoscaling: {kind: keda, queueDepth: 8}}",
                "ram-service | {autoscaling: {kind: hpa, queueDepth: 8}}",
                "ram-service | {httpRoute: {enabled: true, gateways: [{name: g, namespace: gates, sectionName: web}],"
                        + " hostnames: [a.example.com]}}",
                "ram-service | {checkpoint: {source: claim, claim: {name: models}}, service: {type: LoadBalancer}}",
                "ram-service | {podLabels: {team: '1'}, podAnnotations: {a: 'true'}, nodeSelector: {a: '1'},"
                        + " image: {pullSecrets: [a]}, priorityClassName: system-cluster-critical,"
                        + " serviceAccount: {annotations: {a: '1'}}, service: {annotations: {a: '1'}}}",
                "ram-service | {networkPolicy: {clients: [{podSelector: {}}], egress: [{ports: [{port: 4318}]}]}}",
                "ram-service | {grpc: {enabled: true}, networkPolicy: {clients: [{podSelector: {}}]}}",
                "ram-service | {rollout: {maxSurge: 50%, maxUnavailable: 0}}",
                "ram-training | {data: {claim: data}, runs: {claim: shared}, ttlSecondsAfterFinished: null}",
                "ram-training | {sweep: {seeds: 3}, podLabels: {team: '1'}, tolerations: [{operator: Exists}]}",
            })
    void everyObjectOfAnOptionIsAccepted(String chart, String values) throws IOException {
        assertAccepted(chart, null, values);
    }

    @Test
    void unknownFieldIsRejected() throws IOException {
        String manifest = Chart.named("ram-service").manifest("ram", null, "{}").replace("periodSeconds", "seconds");

        assertThat(create(manifest).output()).contains("unknown field \"spec.template.spec.containers[0].startupProbe");
    }

    @Test
    void podThatIsNotRestrictedIsRejected() throws IOException {
        String manifest = withHooks("ram-service").manifest("ram", null, "{}").replace("runAsNonRoot: true", "");

        assertThat(create(manifest).output())
                .contains("pods \"ram-ram-service-test\" is forbidden: violates PodSecurity \"restricted:latest\"");
    }

    private void assertAccepted(String chart, String set, String values) throws IOException {
        String manifest = withHooks(chart).manifest("ram", set, values);

        Outcome outcome = create(manifest);

        // A line more would be a warning: the pods of a Deployment or a Job are not restricted, or a field is outdated.
        List<String> lines = outcome.output().lines().toList();
        assertThat(lines).allMatch(line -> line.endsWith(" created (server dry run)"));
        assertThat(lines).hasSameSizeAs(Manifests.parse(manifest).all());
        assertThat(outcome.status()).isZero();
    }

    private Chart withHooks(String chart) {
        return Chart.named(chart).withHooksAndNotes(directory);
    }

    private Outcome create(String manifest) throws IOException {
        Path file = Files.writeString(directory.resolve("manifest.yaml"), manifest);
        return Kubernetes.call(
                "kubectl",
                "create",
                "--namespace=" + NAMESPACE,
                "--dry-run=server",
                "--validate=strict",
                "--filename=" + file);
    }
}
