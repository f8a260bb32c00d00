package io.github.ram.helm.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a cluster shows when a release cannot start because something is missing: the notes have named it. */
@Kubernetes.NeedsNodes
class StartFailureIT {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ram-service | {gpu: {enabled: true, runtimeClassName: absent}} | RuntimeClass \"absent\" not found"
                        + " | the RuntimeClass absent; without it Kubernetes makes no pod",
                "ram-service | {gpu: {enabled: true, runtimeClassName: ''}} | didn't match Pod's node affinity/selector"
                        + " | the labels nvidia.com/gpu.compute.major and .minor",
                "ram-service | {gpu: {enabled: true, runtimeClassName: '', checkCapability: false,"
                        + " resource: example.com/absent}} | Insufficient example.com/absent"
                        + " | a node with 1 free example.com/absent",
                "ram-service | {apiKey: {secretName: absent}} | secret \"absent\" not found"
                        + " | create secret generic absent",
                "ram-service | {checkpoint: {source: claim, claim: {name: absent}}}"
                        + " | persistentvolumeclaim \"absent\" not found | the PersistentVolumeClaim absent",
                "ram-service | {image: {repository: example.invalid/ram-service}} | ErrImagePull"
                        + " | the image example.invalid/ram-service:0.1.0-SNAPSHOT",
                "ram-training | {gpu: {enabled: true, runtimeClassName: absent}} | RuntimeClass \"absent\" not found"
                        + " | the RuntimeClass absent; without it Kubernetes makes no pod",
                "ram-training | {runs: {claim: absent}} | persistentvolumeclaim \"absent\" not found"
                        + " | the PersistentVolumeClaim absent",
                "ram-training | {image: {repository: example.invalid/ram-training}} | ErrImagePull"
                        + " | the image example.invalid/ram-training:0.1.0-SNAPSHOT",
            })
    void reasonIsShownAndTheNotesNameTheNeed(String chart, String values, String reason, String need) {
        String small = "resources: {requests: {cpu: 10m, memory: 64Mi}, limits: {cpu: '1', memory: 1Gi}}\n";
        try (Release release = new Release("helm4", chart)) {
            String notes = release.install(values.substring(1, values.length() - 1) + "\n" + small);

            assertThat(notes).contains(need, "describe pods", "get events");
            await().atMost(Duration.ofMinutes(5))
                    .untilAsserted(() -> assertThat(release.get("describe", "pods") + release.get("get", "events"))
                            .contains(reason));
        }
    }
}
