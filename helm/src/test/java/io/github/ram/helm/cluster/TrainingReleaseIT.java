package io.github.ram.helm.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a training on a cluster, which has the image under its default name and volumes for claims. */
@Kubernetes.NeedsNodes
class TrainingReleaseIT {

    private static final String PODS = "app.kubernetes.io/instance=ram";
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String SMALL = """
            resources: {requests: {cpu: 200m, memory: %s}, limits: {cpu: '2', memory: 3Gi}}
            arguments: [%s]
            """;
    private static final String STROKES = "--dataset, strokes, --epochs, '1000'";

    @TempDir
    Path directory;

    @Test
    void runResumesWhateverEndsItsPod() {
        try (Release release = new Release("helm4", "ram-training")) {
            release.install(SMALL.formatted("1Gi", STROKES));
            List<String> metrics = awaitMoreThan(List.of("head"), release);
            assertThat(release.get("exec", pod(release), "--", "ls", "-A", "/runs"))
                    .isEqualTo("ram\n");

            String evicted = pod(release);
            release.evict(evicted);
            metrics = awaitMoreThan(metrics, release);
            assertThat(pod(release)).isNotEqualTo(evicted);

            // The first process of a container ignores SIGKILL from inside. Java crashes at SIGSEGV.
            String crashed = pod(release);
            release.get("exec", crashed, "--", "bash", "-c", "kill -SEGV 1");
            await().atMost(PATIENCE).until(() -> !release.pods(PODS).contains(crashed));
            metrics = awaitMoreThan(metrics, release);

            release.upgrade(SMALL.formatted("900Mi", STROKES));
            metrics = awaitMoreThan(metrics, release);

            String running = pod(release);
            release.upgradeToVersion("0.2.0", directory, SMALL.formatted("900Mi", STROKES));
            metrics = awaitMoreThan(metrics, release);
            assertThat(pod(release)).isEqualTo(running);
            assertThat(release.get("get", "jobs", "--show-labels")).contains("helm.sh/chart=ram-training-0.2.0");

            release.uninstall();
            await().atMost(PATIENCE).until(() -> release.pods(PODS).isEmpty());
            release.install(SMALL.formatted("1Gi", STROKES));
            awaitMoreThan(metrics, release);
        }
    }

    @Test
    void changedArgumentFailsTheJobAtOnce() {
        try (Release release = new Release("helm4", "ram-training")) {
            release.install(SMALL.formatted("1Gi", STROKES));
            awaitMoreThan(List.of("head"), release);

            release.upgrade(SMALL.formatted("1Gi", STROKES + ", --seed, '2'"));
            await().atMost(PATIENCE)
                    .until(() -> release.get("get", "jobs", "--output=jsonpath={.items[*].status.conditions[*].reason}")
                            .contains("PodFailurePolicy"));

            assertThat(release.get("describe", "pods"))
                    .contains("--seed cannot be changed in a resumed run; start a new one");
        }
    }

    @Test
    void wrongOptionFailsTheJobAtOnce() {
        try (Release release = new Release("helm4", "ram-training")) {
            release.install(SMALL.formatted("1Gi", "--no-such-option"));

            release.get("wait", "job", "--all", "--for=condition=Failed", "--timeout=10m");

            assertThat(release.get("describe", "jobs")).contains("PodFailurePolicy");
            assertThat(release.get("get", "jobs", "--output=jsonpath={.items[0].status.failed}"))
                    .isEqualTo("1");
            assertThat(release.get("describe", "pods")).contains("Unknown option: '--no-such-option'");
        }
    }

    /** Returns the name of the pod that runs. */
    private static String pod(Release release) {
        return release.pods(PODS).stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("no pod runs in " + release.get("get", "pods")));
    }

    /** Waits until the run has measured more epochs, and returns all lines of metrics.csv. Those before are the same. */
    private static List<String> awaitMoreThan(List<String> before, Release release) {
        List<String> metrics = await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(2))
                .ignoreExceptionsInstanceOf(AssertionError.class)
                .until(
                        () -> release.get("exec", pod(release), "--", "cat", "/runs/ram/metrics.csv")
                                .lines()
                                .toList(),
                        lines -> lines.size() > before.size());
        assertThat(metrics.subList(1, before.size())).isEqualTo(before.subList(1, before.size()));
        assertThat(metrics.get(before.size())).startsWith(before.size() + ",");
        return metrics;
    }
}
