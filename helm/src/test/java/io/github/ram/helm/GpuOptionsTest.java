package io.github.ram.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The service's chart with GPUs. */
class GpuOptionsTest {

    private static final Chart CHART = Chart.named("ram-service");

    @Test
    void upgradeNeverLacksAPodOfTheService() {
        var strategy = CHART.render("{}").only(Deployment.class).getSpec().getStrategy();

        assertThat(strategy.getRollingUpdate().getMaxSurge()).isEqualTo(new IntOrString(1));
        assertThat(strategy.getRollingUpdate().getMaxUnavailable()).isEqualTo(new IntOrString(0));
    }

    @Test
    void upgradeNeedsNoMoreGpusThanReplicas() {
        var strategy =
                CHART.render("gpu", "{}").only(Deployment.class).getSpec().getStrategy();

        assertThat(strategy.getRollingUpdate().getMaxSurge()).isEqualTo(new IntOrString(0));
        assertThat(strategy.getRollingUpdate().getMaxUnavailable()).isEqualTo(new IntOrString(1));
    }

    @Test
    void gpuIsRequestedFromTheCudaImageAndRequired() {
        PodSpec pod = pod(CHART.render("gpu", "gpu: {count: 2}"));

        assertThat(service(pod).getImage()).endsWith("-cuda");
        assertThat(service(pod).getResources().getLimits()).containsEntry("nvidia.com/gpu", new Quantity("2"));
        assertThat(environment(service(pod))).containsEntry("RAM_REQUIRE_GPU", "true");
        assertThat(pod.getRuntimeClassName()).isEqualTo("nvidia");
        assertThat(pod.getTolerations())
                .containsExactly(new Toleration("NoSchedule", "nvidia.com/gpu", "Exists", null, null));
    }

    @Test
    void sliceOfAGpuIsRequestedByItsName() {
        Map<String, Quantity> limits =
                service(pod(CHART.render("mig", "{}"))).getResources().getLimits();

        assertThat(limits)
                .containsEntry("nvidia.com/mig-1g.5gb", new Quantity("1"))
                .doesNotContainKey("nvidia.com/gpu");
    }

    @Test
    void podsGoOnlyToGpusThatTheImageHasCodeFor() {
        var terms = pod(CHART.render("gpu", "{}"))
                .getAffinity()
                .getNodeAffinity()
                .getRequiredDuringSchedulingIgnoredDuringExecution()
                .getNodeSelectorTerms();

        assertThat(terms).hasSize(2);
        assertThat(terms.get(0).getMatchExpressions()).singleElement().satisfies(major -> {
            assertThat(major.getKey()).isEqualTo("nvidia.com/gpu.compute.major");
            assertThat(major.getOperator()).isEqualTo("In");
            assertThat(major.getValues()).containsExactly("5", "6", "7", "8");
        });
        assertThat(terms.get(1).getMatchExpressions())
                .extracting(expression -> expression.getKey() + expression.getValues())
                .containsExactly("nvidia.com/gpu.compute.major[3]", "nvidia.com/gpu.compute.minor[7]");
    }

    @Test
    void buildWithCuda12HasItsImageAndItsGpus() {
        PodSpec pod = pod(CHART.render("gpu-cuda12", "{}"));

        assertThat(service(pod).getImage()).endsWith("-cuda12");
        assertThat(service(pod).getResources().getLimits()).containsEntry("nvidia.com/gpu", new Quantity("1"));
        assertThat(pod.getAffinity()
                        .getNodeAffinity()
                        .getRequiredDuringSchedulingIgnoredDuringExecution()
                        .getNodeSelectorTerms())
                .singleElement()
                .satisfies(term -> assertThat(term.getMatchExpressions())
                        .extracting(
                                expression -> expression.getKey() + expression.getOperator() + expression.getValues())
                        .containsExactly("nvidia.com/gpu.compute.majorGt[5]"));
    }

    @Test
    void otherAffinitiesAreKeptBesideTheGpus() {
        var affinity = pod(CHART.render(
                        "gpu",
                        "affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution:"
                                + " [{topologyKey: kubernetes.io/hostname}]}}"))
                .getAffinity();

        assertThat(affinity.getNodeAffinity()).isNotNull();
        assertThat(affinity.getPodAntiAffinity().getRequiredDuringSchedulingIgnoredDuringExecution())
                .hasSize(1);
    }

    private static PodSpec pod(Manifests manifests) {
        return manifests.pod(Deployment.class);
    }

    private static Container service(PodSpec pod) {
        return pod.getContainers().get(0);
    }

    private static Map<String, String> environment(Container container) {
        return container.getEnv().stream()
                .collect(Collectors.toMap(
                        EnvVar::getName,
                        variable -> variable.getValue() == null ? "from elsewhere" : variable.getValue()));
    }
}
