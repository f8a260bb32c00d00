package io.github.ram.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the pods go, and when Kubernetes may evict them. */
class PlacementTest {

    private static final Chart CHART = Chart.named("ram-service");

    @Test
    void podsAreSpreadOverTheDomainsOfTheValues() {
        Manifests manifests = CHART.render("production", "{}");

        assertThat(manifests.pod(Deployment.class).getTopologySpreadConstraints())
                .extracting(TopologySpreadConstraint::getTopologyKey, TopologySpreadConstraint::getWhenUnsatisfiable)
                .containsExactlyInAnyOrder(
                        tuple("kubernetes.io/hostname", "DoNotSchedule"),
                        tuple("topology.kubernetes.io/zone", "ScheduleAnyway"));
        assertThat(manifests.pod(Deployment.class).getTopologySpreadConstraints())
                .allSatisfy(spread -> {
                    assertThat(spread.getMaxSkew()).isEqualTo(1);
                    // Nodes whose taints reject the pods do not count.
                    assertThat(spread.getNodeTaintsPolicy()).isEqualTo("Honor");
                    // In an upgrade the pods of the previous version do not count.
                    assertThat(spread.getMatchLabelKeys()).containsExactly("pod-template-hash");
                    assertThat(spread.getLabelSelector())
                            .isEqualTo(
                                    manifests.only(Deployment.class).getSpec().getSelector());
                });
    }

    @Test
    void podThatIsNotReadyDoesNotBlockTheDrainOfItsNode() {
        assertThat(CHART.render("{}").only(PodDisruptionBudget.class).getSpec().getUnhealthyPodEvictionPolicy())
                .isEqualTo("AlwaysAllow");
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "25%, 25%"})
    void valuesSayHowManyPodsADrainMayEvictAtOnce(String value, String most) {
        assertThat(CHART.render("podDisruptionBudget: {maxUnavailable: %s}".formatted(value))
                        .only(PodDisruptionBudget.class)
                        .getSpec()
                        .getMaxUnavailable())
                .extracting(IntOrString::getValue)
                .hasToString(most);
    }

    @Test
    void placeAndPriorityAreThoseOfTheValues() {
        String values = "{priorityClassName: high, nodeSelector: {pool: digits},"
                + " tolerations: [{key: digits, operator: Exists}]}";

        hasThePlacementOfTheValues(CHART.render(values).pod(Deployment.class));
        hasThePlacementOfTheValues(Chart.named("ram-training").render(values).pod(Job.class));
    }

    private static void hasThePlacementOfTheValues(PodSpec pod) {
        assertThat(pod.getPriorityClassName()).isEqualTo("high");
        assertThat(pod.getNodeSelector()).containsEntry("pool", "digits");
        assertThat(pod.getTolerations())
                .singleElement()
                .satisfies(toleration -> assertThat(toleration.getKey()).isEqualTo("digits"));
    }
}
