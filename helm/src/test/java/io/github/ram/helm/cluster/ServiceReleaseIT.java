package io.github.ram.helm.cluster;

import static io.github.ram.helm.cluster.Kubernetes.kubectl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ram.helm.Command.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of a release of the service on a cluster, which has the image under its default name. */
@Kubernetes.NeedsNodes
class ServiceReleaseIT {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Small, so that several pods fit on one node. */
    private static final String SMALL = """
            resources: {requests: {cpu: 200m, memory: 400Mi}, limits: {cpu: '2', memory: 1Gi}}
            startupSeconds: 600
            """;

    @ParameterizedTest
    @ValueSource(strings = {"helm3", "helm4"})
    void noRequestIsLost(String helm) {
        try (Release release = new Release(helm, "ram-service")) {
            release.install(SMALL);
            release.awaitRollout();
            Outcome test = release.test();
            assertThat(test.status()).as(test.output()).isZero();
            assertThat(test.output()).contains("\"class\":7,");

            LoadPod load = new LoadPod(release, 8, 200);
            release.upgrade(SMALL + "podLabels: {revision: second}");
            release.awaitRollout();
            load.assertNothingLost("an upgrade");

            load = new LoadPod(release, 8, 200);
            release.rollback();
            release.awaitRollout();
            load.assertNothingLost("a rollback");

            load = new LoadPod(release, 8, 200);
            release.get("delete", "pod", release.pods(Release.SERVICE).get(0));
            release.awaitRollout();
            load.assertNothingLost("the deletion of a pod");

            load = new LoadPod(release, 8, 200);
            drain(release);
            release.awaitRollout();
            load.assertNothingLost("a drain");

            load = new LoadPod(release, 8, 200);
            for (int replicas : new int[] {4, 1, 3}) {
                release.upgrade(SMALL + "replicas: " + replicas);
                release.awaitRollout();
                await().atMost(PATIENCE)
                        .until(() -> release.pods(Release.SERVICE).size() == replicas);
            }
            load.assertNothingLost("scaling to four pods, one and three");
        }
    }

    /** Drains the nodes of the pods. The disruption budget makes the drain wait until the nodes take pods again. */
    private static void drain(Release release) {
        List<String> pods = release.pods(Release.SERVICE);
        List<String> nodes = kubectl("get", "nodes", "--output=name").lines().toList();
        List<String> words = new ArrayList<>(
                List.of("drain", "--pod-selector=" + Release.SERVICE, "--delete-emptydir-data", "--timeout=10m"));
        words.addAll(nodes);
        CompletableFuture<String> drained = CompletableFuture.supplyAsync(() -> kubectl(words.toArray(String[]::new)));
        try {
            await().atMost(PATIENCE)
                    .until(() ->
                            drained.isDone() || !release.pods(Release.SERVICE).containsAll(pods));
        } finally {
            nodes.forEach(node -> kubectl("uncordon", node));
        }
        drained.join();
        assertThat(release.pods(Release.SERVICE)).doesNotContainAnyElementsOf(pods);
    }

    @Test
    void idleClientLosesNoRequestWithinTheGracePeriod() {
        String values = SMALL + "shutdown: {graceSeconds: 15}";
        try (Release release = new Release("helm4", "ram-service")) {
            release.install(values);
            release.awaitRollout();

            LoadPod load = new LoadPod(release, 16, 8000);
            release.upgrade(values + "\npodLabels: {revision: second}");
            release.awaitRollout();
            load.assertNothingLost("an upgrade");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"helm3", "helm4"})
    void autoscalerStartsWithThePodsThatRun(String helm) {
        try (Release release = new Release(helm, "ram-service")) {
            release.install(SMALL + "replicas: 3");
            release.awaitRollout();

            release.upgrade(SMALL + "autoscaling: {kind: hpa, minReplicas: 2}");
            release.get("wait", "hpa", "--all", "--for=condition=AbleToScale", "--timeout=10m");
            release.awaitRollout();

            assertThat(release.pods(Release.SERVICE)).hasSize(3);
            assertThat(release.get("get", "events", "--field-selector=reason=ScalingReplicaSet"))
                    .doesNotContain("Scaled down");
        }
    }

    @Test
    void autoscalerAddsPodsForTheLoad() {
        try (Release release = new Release("helm4", "ram-service")) {
            release.install(SMALL + "autoscaling: {kind: hpa, minReplicas: 1, maxReplicas: 3, cpuUtilization: 20}");
            release.awaitRollout();

            LoadPod load = new LoadPod(release, 8, 5);
            await().atMost(PATIENCE).until(() -> release.pods(Release.SERVICE).size() == 3);
            release.awaitRollout();
            load.assertNothingLost("scaling by CPU from one pod to three");

            assertThat(release.get("get", "events", "--field-selector=reason=SuccessfulRescale"))
                    .contains("cpu resource utilization (percentage of request) above target");
        }
    }

    @Test
    void podsAreReadyWhenTheHealthServiceOfGrpcSaysSo() {
        try (Release release = new Release("helm4", "ram-service")) {
            release.install(SMALL + "grpc: {enabled: true}");
            release.awaitRollout();

            assertThat(release.get("get", "pods", "--output=jsonpath={.items[*]..readinessProbe.grpc.port}"))
                    .isEqualTo("9000 9000");
            String ready = release.get(
                    "get",
                    "endpointslices",
                    "--selector=kubernetes.io/service-name=ram-ram-service-grpc",
                    "--output=jsonpath={.items[*].endpoints[?(@.conditions.ready==true)].addresses[0]}");
            assertThat(ready.split(" ")).hasSize(2);
        }
    }

    @Test
    void reasonOfAFailedStartIsInTheStatusOfThePod() {
        try (Release release = new Release("helm4", "ram-service")) {
            release.install(SMALL + "config: {ram: {batch: {max-size: 2000}}}");

            await().atMost(PATIENCE).until(() -> release.get("describe", "pods").contains("Exit Code:    1"));

            // Java's line about the module of the Vector API comes first.
            assertThat(release.get("describe", "pods"))
                    .containsPattern(
                            "Message: .*\n.*Cannot start: ram\\.batch\\.max-size must be in \\[1, 1024], got 2000");
        }
    }
}
