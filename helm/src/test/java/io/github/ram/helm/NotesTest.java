package io.github.ram.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the one who installs a chart is told to do next. */
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
                "{apiKey: {secretName: keys}} | the header X-API-Key with a key of the secret keys.",
                "{checkpoint: {source: claim, claim: {name: models, path: a/b.ram}}} | a/b.ram on the volume models",
                "{gpu: {enabled: true, resource: nvidia.com/mig-1g.5gb}} | its image on nvidia.com/mig-1g.5gb.",
                "{gpu: {enabled: true}, replicas: 1} | An upgrade replaces the only pod before its successor is ready",
                "{} | Metrics: http://ram-ram-service-metrics:8081/actuator/prometheus, for whom",
            })
    void serviceIsThere(String values, String told) {
        assertThat(notes("ram-service", values)).contains(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | X-API-Key",
                "{} | An upgrade replaces the only pod",
                "{gpu: {enabled: true}, replicas: 2} | An upgrade replaces the only pod",
                "{ingress: {enabled: true, host: a.example.com, tlsSecretName: cert}} | http://a.example.com",
                "{monitoring: {serviceMonitor: {enabled: true}}} | Metrics:",
            })
    void serviceIsSilentOnWhatDoesNotConcernIt(String values, String told) {
        assertThat(notes("ram-service", values)).doesNotContain(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | logs --follow job/ram-ram-training",
                "{} | checkpoint.claim.name=ram-ram-training-runs --set checkpoint.claim.path=ram/best.ram",
                "{runs: {claim: shared}} | checkpoint.claim.name=shared --set checkpoint.claim.path=ram/best.ram",
                "{sweep: {seeds: 3}} | trains 3 runs, with the seeds 1 to 3, 1 at a time",
                "{sweep: {seeds: 3}} | --set checkpoint.claim.path=ram/seed-1/best.ram",
            })
    void trainingIsUnderWay(String values, String told) {
        assertThat(notes("ram-training", values)).contains(told);
    }

    private String notes(String chart, String values) {
        return Chart.named(chart).withHooksAndNotes(directory).render(values).list(ConfigMap.class).stream()
                .filter(map -> map.getMetadata().getName().equals("notes"))
                .map(map -> map.getData().get("notes"))
                .findFirst()
                .orElseThrow();
    }
}
