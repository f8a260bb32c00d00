package io.github.ram.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labels and annotations of the user beside those of the charts. Kubernetes rejects a key that is written twice. */
class LabelsTest {

    private static final String NAME = "app.kubernetes.io/name";

    @Test
    void labelsOfTheSelectorStay() {
        String labels = "podLabels: {app.kubernetes.io/name: other, team: digits}";

        assertThat(service(labels).getLabels())
                .containsEntry(NAME, "ram-service")
                .containsEntry("team", "digits");
        assertThat(training(labels).getLabels())
                .containsEntry(NAME, "ram-training")
                .containsEntry("team", "digits");
    }

    @Test
    void checksumOfTheSettingsStays() {
        String annotations = "podAnnotations: {checksum/config: mine, team: digits}";

        assertThat(service(annotations).getAnnotations())
                .containsEntry("checksum/config", service("{}").getAnnotations().get("checksum/config"))
                .containsEntry("team", "digits");
        assertThat(training(annotations).getAnnotations()).containsEntry("team", "digits");
    }

    @ParameterizedTest
    @CsvSource({"serviceMonitor, ServiceMonitor", "rules, PrometheusRule", "dashboard, ConfigMap"})
    void userSetsTheLabelsThatOperatorsSelect(String section, String kind) {
        Manifests manifests = Chart.named("ram-service")
                .render("monitoring: {%s: {enabled: true, labels: {%s: theirs, team: digits}}}"
                        .formatted(section, NAME));

        assertThat(manifests.all())
                .filteredOn(manifest -> manifest.getKind().equals(kind))
                .extracting(HasMetadata::getMetadata)
                .extracting(ObjectMeta::getLabels)
                .filteredOn(labels -> labels.containsKey("team"))
                .singleElement()
                .satisfies(labels -> assertThat(labels)
                        .containsAllEntriesOf(Map.of(NAME, "theirs", "app.kubernetes.io/instance", "ram")));
    }

    private static ObjectMeta service(String values) {
        return Chart.named("ram-service")
                .render(values)
                .only(Deployment.class)
                .getSpec()
                .getTemplate()
                .getMetadata();
    }

    private static ObjectMeta training(String values) {
        return Chart.named("ram-training")
                .render(values)
                .only(Job.class)
                .getSpec()
                .getTemplate()
                .getMetadata();
    }
}
