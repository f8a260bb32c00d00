package io.github.ram.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The notes that Helm prints after an install: the next steps, and what the release needs. */
class NotesTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | serves the model of its image.",
                "{} | rollout status deployment/ram-ram-service",
                "{} | helm test ram --namespace digits --logs",
                "{} | port-forward service/ram-ram-service 8080:80 &",
                "{} | curl --form image=@digit.png http://localhost:8080/v1/predictions",
                "{service: {port: 81}} | port-forward service/ram-ram-service 8080:81 &",
                "{ingress: {enabled: true, host: a.example.com}} | image=@digit.png http://a.example.com/v1/predictions",
                "{ingress: {enabled: true, host: a.example.com, tlsSecretName: cert}} | https://a.example.com/v1/",
                "{httpRoute: {enabled: true, gateways: [{name: g}], hostnames: [b.example.com]}} | //b.example.com/v1/",
                "{httpRoute: {enabled: true, gateways: [{name: g}]}} | http://localhost:8080/v1/predictions",
                "{grpc: {enabled: true}} | Clients of gRPC connect to dns:///ram-ram-service-grpc.digits:9000.",
                "{apiKey: {secretName: keys}} | the header X-API-Key with a key of the secret keys.",
                "{checkpoint: {source: claim, claim: {name: models, path: a/b.ram}}} | a/b.ram on the volume models",
                "{gpu: {enabled: true, resource: nvidia.com/mig-1g.5gb}} | its image on nvidia.com/mig-1g.5gb.",
                "{gpu: {enabled: true}, replicas: 1} | An upgrade removes the only pod before the new one is ready",
                "{} | Metrics: http://ram-ram-service-metrics:8081/actuator/prometheus, for the peers",
            })
    void notesOfTheServiceSayHowToUseIt(String values, String note) {
        assertThat(notes("ram-service", values)).contains(note);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | X-API-Key",
                "{} | gRPC",
                "{} | An upgrade removes the only pod",
                "{gpu: {enabled: true}, replicas: 2} | An upgrade removes the only pod",
                "{ingress: {enabled: true, host: a.example.com, tlsSecretName: cert}} | http://a.example.com",
                "{monitoring: {serviceMonitor: {enabled: true}}} | Metrics:",
            })
    void notesOfTheServiceLeaveOutWhatItDoesNotUse(String values, String note) {
        assertThat(notes("ram-service", values)).doesNotContain(note);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | logs --follow --selector app.kubernetes.io/instance=ram",
                "{} | To train with others, install under another name.",
                "{} | checkpoint.claim.name=ram-ram-training-runs --set checkpoint.claim.path=ram/best.ram",
                "{runs: {claim: shared}} | checkpoint.claim.name=shared --set checkpoint.claim.path=ram/best.ram",
                "{sweep: {seeds: 3}} | trains 3 runs with the seeds 1 to 3, 1 at a time",
                "{sweep: {seeds: 3}} | --set checkpoint.claim.path=ram/seed-1/best.ram",
                "{scoring: true, arguments: [--input, /data]} | ram-ram-training scores pictures.",
                "{scoring: true, arguments: [--input, /data]} | To score pictures that have come since, install under",
            })
    void notesOfATrainingSayHowToFollowIt(String values, String note) {
        assertThat(notes("ram-training", values)).contains(note);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ram-service | {} | the image ram-service:0.1.0-SNAPSHOT, which the nodes can pull",
                "ram-service | {gpu: {enabled: true, build: cuda12}} | the image ram-service:0.1.0-SNAPSHOT-cuda12, which",
                "ram-service | {image: {pullSecrets: [a, b]}} | can pull with the secrets a, b",
                "ram-service | {apiKey: {secretName: keys}} | create secret generic keys --from-file=api-key=FILE",
                "ram-service | {checkpoint: {source: claim, claim: {name: m}}} | the PersistentVolumeClaim m; pods stay",
                "ram-service | {gpu: {enabled: true}} | the RuntimeClass nvidia; without it Kubernetes makes no pod",
                "ram-service | {gpu: {enabled: true, count: 2}} | a node with 2 free nvidia.com/gpu",
                "ram-service | {gpu: {enabled: true}} | gpu.checkCapability to false if the nodes have no such labels",
                "ram-training | {data: {claim: d}} | the PersistentVolumeClaim d with the data set's files",
                "ram-training | {scoring: true, arguments: [--input, /data], data: {claim: d}}"
                        + " | the PersistentVolumeClaim d with the pictures",
                "ram-training | {} | the PersistentVolumeClaim ram-ram-training-runs, bound to a volume of 5Gi",
                "ram-training | {gpu: {enabled: true}} | the RuntimeClass nvidia; without it Kubernetes makes no pod",
                "ram-training | {gpu: {enabled: true}} | gpu.checkCapability to false if the nodes have no such labels",
            })
    void notesListWhatTheReleaseNeeds(String chart, String values, String need) {
        assertThat(notes(chart, values)).contains("describe pods --selector app.kubernetes.io/instance=ram", need);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ram-service", "ram-training"})
    void notesLeaveOutTheNeedsOfGpusThatAreNotUsed(String chart) {
        assertThat(notes(chart, "{}")).doesNotContain("RuntimeClass", "gpu.");
        assertThat(notes(chart, "gpu: {enabled: true, runtimeClassName: '', checkCapability: false}"))
                .doesNotContain("RuntimeClass", "checkCapability");
    }

    private String notes(String chart, String values) {
        return Chart.named(chart).withHooksAndNotes(directory).render(values).list(ConfigMap.class).stream()
                .filter(map -> map.getMetadata().getName().equals("notes"))
                .map(map -> map.getData().get("notes"))
                .findFirst()
                .orElseThrow();
    }
}
