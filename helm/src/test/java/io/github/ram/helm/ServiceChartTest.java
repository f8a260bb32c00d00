package io.github.ram.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The service's chart with each set of values and each option. */
class ServiceChartTest {

    private static final Chart CHART = Chart.named("ram-service");

    /** Values that each change the manifests. */
    private static final Map<String, String> VARIANTS = Map.ofEntries(
            Map.entry("defaults", "{}"),
            Map.entry("claim", "checkpoint: {source: claim, claim: {name: models, path: a/b.ram}}"),
            Map.entry(
                    "download",
                    "checkpoint: {source: download, download: {url: 'https://x/y.ram', sha256: %s}}"
                            .formatted("0123456789abcdef".repeat(4))),
            Map.entry("key", "apiKey: {secretName: keys, secretKey: ram}"),
            Map.entry("digest", "image: {digest: 'sha256:%s', pullSecrets: [a, b]}".formatted("0".repeat(64))),
            Map.entry(
                    "keda",
                    "autoscaling: {kind: keda, queueDepth: 4, minReplicas: 1, maxReplicas: 3, cpuUtilization: 50}"),
            Map.entry("hpa", "autoscaling: {kind: hpa, queueDepth: 4, cpuUtilization: null}"),
            Map.entry("ingress", "ingress: {enabled: true, host: a.example.com, annotations: {a: b}}"),
            Map.entry(
                    "route",
                    "httpRoute: {enabled: true, hostnames: [a.example.com],"
                            + " gateways: [{name: public, namespace: gateways, sectionName: https}]}"),
            Map.entry(
                    "monitoring",
                    "monitoring: {serviceMonitor: {enabled: true, labels: {a: b}},"
                            + " rules: {enabled: true, labels: {a: b}}, dashboard: {enabled: true}}"),
            Map.entry(
                    "placement",
                    "{nodeSelector: {pool: gpus}, priorityClassName: high, tolerations: [{key: k, operator: Exists}],"
                            + " affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: []}},"
                            + " topologySpread: {kubernetes.io/hostname: DoNotSchedule}}"),
            Map.entry("labels", "{podLabels: {a: b}, podAnnotations: {c: d}, serviceAccount: {annotations: {e: f}}}"),
            Map.entry("config", "config: {ram: {threads: 2}, logging: {level: {root: debug}}}"),
            Map.entry(
                    "network",
                    "networkPolicy: {clients: [{podSelector: {matchLabels: {a: b}}}, {ipBlock: {cidr: 10.0.0.0/8}}]}"),
            Map.entry("bare", "{networkPolicy: {enabled: false}, podDisruptionBudget: {enabled: false}}"),
            Map.entry("rollout", "rollout: {maxSurge: 50%, maxUnavailable: 1}"),
            Map.entry("nothing", "{config: null, affinity: null, rollout: null, podLabels: null}"));

    private static Stream<Arguments> everySetAndVariant() {
        Stream<Arguments> sets = CHART.sets().stream().map(set -> Arguments.of(set, "defaults"));
        Stream<Arguments> variants = VARIANTS.keySet().stream()
                .sorted()
                .flatMap(variant -> Stream.of(Arguments.of(null, variant), Arguments.of("gpu", variant)));
        return Stream.concat(sets, variants);
    }

    @Test
    void lintsWithoutAWarning() {
        LintResult lint = new Helm(CHART.folder()).lint().strict().call();

        assertThat(lint.isFailed()).as(lint.getMessages().toString()).isFalse();
        assertThat(lint.getMessages()).noneMatch(message -> message.contains("WARN") || message.contains("ERROR"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ram-service", "ram-training"})
    void imageOfTheProjectsVersionIsTheDefault(String chart) throws IOException {
        Matcher version = Pattern.compile("<artifactId>ram-parent</artifactId>\\s*<version>(.*)</version>")
                .matcher(Files.readString(Path.of("../pom.xml")));
        assertThat(version.find()).isTrue();

        assertThat(Chart.named(chart).render("{}").pods())
                .flatExtracting(pod -> pod.getSpec().getContainers())
                .extracting(Container::getImage)
                .containsOnly(chart + ":" + version.group(1));
    }

    @ParameterizedTest
    @MethodSource("everySetAndVariant")
    void manifestsFitTheirSchemasAndThePolicies(String set, String variant) {
        Manifests manifests = CHART.render(set, VARIANTS.get(variant));

        Policies.check(manifests);
        selectorsMatch(manifests);
        probesAskThePortOfTheService(manifests.only(Deployment.class));
        waitsLongerThanTheDrain(manifests.only(Deployment.class));
        alwaysLeavesARollout(manifests.only(Deployment.class));
    }

    private static void selectorsMatch(Manifests manifests) {
        Deployment deployment = manifests.only(Deployment.class);
        Map<String, String> labels =
                deployment.getSpec().getTemplate().getMetadata().getLabels();
        assertThat(labels)
                .containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels());
        List<String> ports = service(deployment).getPorts().stream()
                .map(ContainerPort::getName)
                .toList();
        assertThat(manifests.list(Service.class)).hasSize(2).allSatisfy(service -> {
            assertThat(labels).containsAllEntriesOf(service.getSpec().getSelector());
            assertThat(ports)
                    .contains(
                            service.getSpec().getPorts().get(0).getTargetPort().getStrVal());
        });
        manifests
                .find(PodDisruptionBudget.class)
                .ifPresent(budget -> assertThat(labels)
                        .containsAllEntriesOf(budget.getSpec().getSelector().getMatchLabels()));
        manifests.find(NetworkPolicy.class).ifPresent(policy -> {
            assertThat(labels)
                    .containsAllEntriesOf(policy.getSpec().getPodSelector().getMatchLabels());
            assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
            assertThat(policy.getSpec().getIngress())
                    .allSatisfy(rule -> assertThat(ports)
                            .contains(rule.getPorts().get(0).getPort().getStrVal()));
        });
        manifests.find(ServiceMonitor.class).ifPresent(monitor -> {
            List<Service> selected = manifests.list(Service.class).stream()
                    .filter(service -> service.getMetadata()
                            .getLabels()
                            .entrySet()
                            .containsAll(monitor.getSpec()
                                    .getSelector()
                                    .getMatchLabels()
                                    .entrySet()))
                    .toList();
            assertThat(selected).hasSize(1);
            assertThat(selected.get(0).getSpec().getPorts().get(0).getName())
                    .isEqualTo(monitor.getSpec().getEndpoints().get(0).getPort());
        });
        String account = deployment.getSpec().getTemplate().getSpec().getServiceAccountName();
        assertThat(manifests.all())
                .filteredOn(manifest -> manifest.getKind().equals("ServiceAccount"))
                .extracting(HasMetadata::getMetadata)
                .extracting(metadata -> metadata.getName())
                .containsExactly(account);
    }

    @Test
    void podOfTheTestStaysSoThatHelmCanReadItsLog(@TempDir Path directory) {
        Pod test = CHART.withHooksAndNotes(directory).render("{}").only(Pod.class);

        assertThat(test.getMetadata().getAnnotations())
                .containsEntry("helm.sh/hook-delete-policy", "before-hook-creation");
        assertThat(test.getSpec().getContainers().get(0).getTerminationMessagePolicy())
                .isEqualTo("FallbackToLogsOnError");
    }

    private static void probesAskThePortOfTheService(Deployment deployment) {
        Container service = service(deployment);
        assertThat(path(service.getStartupProbe())).isEqualTo("/readyz");
        assertThat(service.getStartupProbe().getFailureThreshold()).isEqualTo(120);
        assertThat(path(service.getReadinessProbe())).isEqualTo("/readyz");
        assertThat(service.getReadinessProbe().getTimeoutSeconds()).isEqualTo(3);
        assertThat(path(service.getLivenessProbe())).isEqualTo("/livez");
    }

    private static String path(Probe probe) {
        assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("http");
        return probe.getHttpGet().getPath();
    }

    private static void waitsLongerThanTheDrain(Deployment deployment) {
        PodSpec pod = deployment.getSpec().getTemplate().getSpec();
        Container service = service(deployment);
        long drain = seconds(service, "SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE");
        long grace = seconds(service, "RAM_SHUTDOWN_GRACE");
        long sleep = service.getLifecycle().getPreStop().getSleep().getSeconds();

        assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThan(sleep + grace + drain);
    }

    @Test
    void terminatingPodHasTimeForEachStep() {
        Deployment deployment = CHART.render("{}").only(Deployment.class);
        Container service = service(deployment);

        assertThat(service.getLifecycle().getPreStop().getSleep().getSeconds()).isEqualTo(5);
        // Otherwise the pod rejects requests on kept connections instead of closing these.
        assertThat(seconds(service, "RAM_SHUTDOWN_GRACE")).isEqualTo(5);
        assertThat(seconds(service, "SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE"))
                .isEqualTo(20);
        assertThat(deployment.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds())
                .isEqualTo(40);
    }

    private static long seconds(Container container, String variable) {
        return container.getEnv().stream()
                .filter(candidate -> candidate.getName().equals(variable))
                .map(EnvVar::getValue)
                .map(value -> Long.parseLong(value.replace("s", "")))
                .findFirst()
                .orElseThrow();
    }

    private static void alwaysLeavesARollout(Deployment deployment) {
        var update = deployment.getSpec().getStrategy().getRollingUpdate();
        assertThat(List.of(
                        update.getMaxSurge().getValue(),
                        update.getMaxUnavailable().getValue()))
                .as("max surge and max unavailable")
                .isNotEqualTo(List.of(0, 0));
    }

    private static Container service(Deployment deployment) {
        List<Container> containers =
                deployment.getSpec().getTemplate().getSpec().getContainers();
        assertThat(containers).hasSize(1);
        return containers.get(0);
    }
}
