package io.github.ram.helm.cluster;

import static io.github.ram.helm.cluster.Kubernetes.kubectl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ram.helm.Chart;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A release for GPUs on a node that looks as if it had two: by a resource, labels, a taint and a RuntimeClass. The image
 * is the one without CUDA.
 */
@Kubernetes.NeedsNodes
class GpuReleaseIT {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String VALUES = """
            image: {tag: 0.1.0-SNAPSHOT}
            resources: {requests: {cpu: 200m, memory: 400Mi}, limits: {cpu: '2', memory: 1Gi}}
            gpu: {enabled: true, required: %s, runtimeClassName: ram-test}
            startupSeconds: 600
            replicas: 2
            """;
    private static final String RESOURCE = "{\"nvidia.com/gpu\": %s}";

    private static String node;

    @BeforeAll
    static void imitateGpus() {
        node = kubectl("get", "nodes", "--output=jsonpath={.items[0].metadata.name}");
        Chart.withFile(
                "{apiVersion: node.k8s.io/v1, kind: RuntimeClass, metadata: {name: ram-test}, handler: runc}",
                file -> kubectl("apply", "--filename=" + file));
        setResource("\"2\"");
        kubectl("label", "node", node, "nvidia.com/gpu.compute.major=8", "nvidia.com/gpu.compute.minor=6");
        kubectl("taint", "node", node, "nvidia.com/gpu=present:NoSchedule");
    }

    @AfterAll
    static void removeGpus() {
        kubectl("taint", "node", node, "nvidia.com/gpu-");
        kubectl("label", "node", node, "nvidia.com/gpu.compute.major-", "nvidia.com/gpu.compute.minor-");
        setResource("null");
        kubectl("delete", "runtimeclass", "ram-test");
    }

    private static void setResource(String count) {
        String gpus = RESOURCE.formatted(count);
        kubectl(
                "patch",
                "node",
                node,
                "--subresource=status",
                "--type=merge",
                "--patch={\"status\": {\"capacity\": " + gpus + ", \"allocatable\": " + gpus + "}}");
    }

    @Test
    void twoPodsShareNoGpuAndAnUpgradeLosesNoRequest() {
        try (Release release = new Release("helm4", "ram-service")) {
            release.install(VALUES.formatted(false));
            release.awaitRollout();
            assertThat(release.test().output()).contains("\"class\":7,");

            LoadPod load = new LoadPod(release, 8, 200);
            release.upgrade(VALUES.formatted(false) + "podLabels: {revision: second}");
            release.awaitRollout();
            load.assertNothingLost("an upgrade on two GPUs");

            release.upgrade(VALUES.formatted(false).replace("replicas: 2", "replicas: 3"));
            await().atMost(PATIENCE)
                    .until(() -> release.get("describe", "pods").contains("Insufficient nvidia.com/gpu"));
            assertThat(release.pods(Release.SERVICE)).hasSize(3);
        }
    }

    @Test
    void reasonIsShownIfTheGpuIsRequiredAndCannotBeUsed() {
        try (Release release = new Release("helm4", "ram-service")) {
            release.install(VALUES.formatted(true));

            await().atMost(PATIENCE)
                    .until(() -> release.get("describe", "pods").contains("Cannot start: a GPU is required, but "));
        }
    }
}
