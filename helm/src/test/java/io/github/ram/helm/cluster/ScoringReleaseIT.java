package io.github.ram.helm.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Scoring in bulk on a cluster, which has the image under its default name and volumes for claims. */
@Kubernetes.NeedsNodes
class ScoringReleaseIT {

    private static final String PODS = "app.kubernetes.io/instance=ram";
    private static final int PICTURES = 3000;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Each picture is scored often, so that the score can be ended in the middle. */
    private static final String VALUES = """
            data: {claim: pictures}
            runs: {claim: scores}
            arguments: [--input, /data, --rollouts, '100']
            resources: {requests: {cpu: 200m, memory: 1Gi}, limits: {cpu: '2', memory: 3Gi}}
            """;

    /** The volumes of the score, and a pod that has both. */
    private static final String OBJECTS = """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: pictures}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: scores}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: files}
            spec:
              automountServiceAccountToken: false
              enableServiceLinks: false
              terminationGracePeriodSeconds: 0
              securityContext: {runAsNonRoot: true, runAsUser: 10001, fsGroup: 10001, seccompProfile: {type: RuntimeDefault}}
              containers:
                - name: files
                  image: ram-scoring:0.1.0-SNAPSHOT
                  imagePullPolicy: IfNotPresent
                  command: [sleep, infinity]
                  securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
                  volumeMounts: [{name: pictures, mountPath: /data}, {name: scores, mountPath: /runs}]
              volumes:
                - {name: pictures, persistentVolumeClaim: {claimName: pictures}}
                - {name: scores, persistentVolumeClaim: {claimName: scores}}
            """;

    @Test
    void everyPictureIsInTheScoresOnceWhateverEndsThePods() {
        try (Release release = new Release("helm4", "ram-training")) {
            release.apply(OBJECTS);
            release.get("wait", "pod/files", "--for=condition=Ready", "--timeout=5m");
            files(release, "for i in {1..%d}; do cp /app/seven.png /data/$i.png; done".formatted(PICTURES));
            files(release, "echo no picture >/data/%d.png".formatted(PICTURES));

            String notes = release.installSet("scoring", VALUES);
            String first = awaitTheMiddle(null, release);
            // The first process of a container ignores SIGKILL from inside. Java crashes at SIGSEGV.
            String crashed = pod(release);
            release.get("exec", crashed, "--", "bash", "-c", "kill -SEGV 1");
            awaitTheMiddle(first, release);
            String evicted = pod(release);
            release.evict(evicted);
            release.get("wait", "job", "--all", "--for=condition=Complete", "--timeout=20m");

            assertThat(evicted).isNotEqualTo(crashed);
            String folder = files(release, "cd /runs && ls -A -d ram/* ram/.*.tmp 2>/dev/null || true")
                    .strip();
            assertThat(notes).contains("in the folder " + folder + " of the volume scores.");
            assertThat(rows(folder, release))
                    .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, PICTURES)
                            .mapToObj(i -> "file:/data/%d.png,%s".formatted(i, i < PICTURES ? "7" : ""))
                            .toList());
        }
    }

    /** Waits until a task of a new run has ended, and returns the run's temporary folder. */
    private static String awaitTheMiddle(String before, Release release) {
        String script = "cd /runs && find . -path '*.tmp/*/task_*' -name 'part-*' | cut -d/ -f3 | sort -u";
        return await().atMost(PATIENCE)
                .until(
                        () -> files(release, script).strip(),
                        folder -> !folder.isEmpty() && !folder.contains("\n") && !folder.equals(before));
    }

    /** Returns the path and the label of each row. The command reads the Parquet files as a list of paths. */
    private static List<String> rows(String folder, Release release) {
        files(
                release,
                "ram-scoring --input /runs/%s --image path --keys path,label --format csv --output /tmp/rows"
                        .formatted(folder));
        return files(release, "cat /tmp/rows/*.csv | cut -d, -f1,2 | grep ^file:")
                .lines()
                .toList();
    }

    private static String pod(Release release) {
        return release.pods(PODS).get(0);
    }

    /** Returns what a script prints in the pod that has the volumes. */
    private static String files(Release release, String script) {
        return release.get("exec", "files", "--", "bash", "-euc", script);
    }
}
