package io.github.ram.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Single values of the service's chart. */
class ServiceOptionsTest {

    private static final Chart CHART = Chart.named("ram-service");

    @TempDir
    Path directory;

    @Test
    void claimIsMountedReadOnly() {
        PodSpec pod = pod(CHART.render("checkpoint: {source: claim, claim: {name: models, path: a/b.ram}}"));

        assertThat(environment(service(pod))).containsEntry("RAM_CHECKPOINT", "/checkpoint/a/b.ram");
        assertThat(service(pod).getVolumeMounts())
                .filteredOn(mount -> mount.getMountPath().equals("/checkpoint"))
                .singleElement()
                .satisfies(mount -> assertThat(mount.getReadOnly()).isTrue());
        assertThat(pod.getVolumes())
                .filteredOn(volume -> volume.getPersistentVolumeClaim() != null)
                .singleElement()
                .satisfies(
                        volume -> assertThat(volume.getPersistentVolumeClaim().getClaimName())
                                .isEqualTo("models"));
        assertThat(pod.getInitContainers()).isEmpty();
    }

    @Test
    void keysAreAFileThatFollowsTheirSecret() {
        PodSpec pod = pod(CHART.render("apiKey: {secretName: keys, secretKey: ram}"));

        assertThat(environment(service(pod)))
                .containsEntry("RAM_API_KEY_FILE", "/app/keys/keys")
                .doesNotContainKey("RAM_API_KEY");
        // A file that is mounted by its subPath does not change with the secret.
        assertThat(service(pod).getVolumeMounts())
                .filteredOn(mount -> mount.getMountPath().equals("/app/keys"))
                .singleElement()
                .satisfies(mount -> assertThat(mount.getSubPath()).isNull());
        assertThat(pod.getVolumes())
                .filteredOn(volume -> volume.getSecret() != null)
                .singleElement()
                .satisfies(volume -> {
                    assertThat(volume.getSecret().getSecretName()).isEqualTo("keys");
                    assertThat(volume.getSecret().getItems()).singleElement().satisfies(item -> {
                        assertThat(item.getKey()).isEqualTo("ram");
                        assertThat(item.getPath()).isEqualTo("keys");
                    });
                });
    }

    @Test
    void downloadRunsBeforeTheServiceAndMayConnectToOtherHosts() {
        String sum = "0123456789abcdef".repeat(4);
        Manifests manifests = CHART.render(
                "checkpoint: {source: download, download: {url: 'https://x/y.ram', sha256: %s}}".formatted(sum));
        PodSpec pod = pod(manifests);

        assertThat(pod.getInitContainers())
                .singleElement()
                .satisfies(fetch ->
                        assertThat(fetch.getArgs()).containsExactly("https://x/y.ram", sum, "/checkpoint/model.ram"));
        assertThat(environment(service(pod))).containsEntry("RAM_CHECKPOINT", "/checkpoint/model.ram");
        assertThat(manifests.only(NetworkPolicy.class).getSpec().getEgress())
                .extracting(rule -> rule.getPorts().get(0).getPort().getIntVal())
                .containsExactly(53, 443);
    }

    @ParameterizedTest
    @CsvSource({"http://x/y.ram, 80", "https://x:8443/y.ram, 8443", "http://[::1]:81/y.ram, 81"})
    void downloadMayConnectToThePortOfItsUrl(String url, int port) {
        Manifests manifests = CHART.render("checkpoint: {source: download, download: {url: '%s', sha256: %s}}"
                .formatted(url, "0123456789abcdef".repeat(4)));

        assertThat(manifests.only(NetworkPolicy.class).getSpec().getEgress())
                .extracting(rule -> rule.getPorts().get(0).getPort().getIntVal())
                .containsExactly(53, port);
    }

    @Test
    void furtherConnectionsCanBeAllowed() {
        assertThat(CHART.render("networkPolicy: {egress: [{ports: [{port: 4318}]}]}")
                        .only(NetworkPolicy.class)
                        .getSpec()
                        .getEgress())
                .extracting(rule -> rule.getPorts().get(0).getPort().getIntVal())
                .containsExactly(53, 4318);
    }

    @ParameterizedTest
    @CsvSource({"a.b, a-b-ram-service", "123, ram-123-ram-service"})
    void namesAreFitForServices(String release, String name) {
        assertThat(CHART.render(release, null, "{}")
                        .only(Deployment.class)
                        .getMetadata()
                        .getName())
                .isEqualTo(name);
    }

    @Test
    void nothingElseLeavesTheCluster() {
        assertThat(CHART.render("{}").only(NetworkPolicy.class).getSpec().getEgress())
                .isEmpty();
    }

    @Test
    void onlyScrapersMayReadTheMetrics() {
        var rules = CHART.render("{}").only(NetworkPolicy.class).getSpec().getIngress();

        assertThat(rules).hasSize(2);
        assertThat(rules.get(0).getPorts().get(0).getPort()).isEqualTo(new IntOrString("http"));
        assertThat(rules.get(0).getFrom()).isEmpty();
        assertThat(rules.get(1).getPorts().get(0).getPort()).isEqualTo(new IntOrString("management"));
        assertThat(rules.get(1).getFrom()).hasSize(1);
    }

    @Test
    void grpcHasAPortAProbeAndAServiceOfAllPods() {
        Manifests manifests = CHART.render("{grpc: {enabled: true}, networkPolicy: {clients: [{podSelector: {}}]}}");
        Container service = service(pod(manifests));

        assertThat(environment(service)).containsEntry("RAM_GRPC_ENABLED", "true");
        assertThat(service.getPorts())
                .extracting(port -> port.getName() + " " + port.getContainerPort())
                .containsExactly("http 8080", "management 8081", "grpc 9000");
        assertThat(service.getReadinessProbe().getGrpc().getPort()).isEqualTo(9000);
        assertThat(service.getReadinessProbe().getHttpGet()).isNull();
        assertThat(service.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/livez");
        assertThat(manifests.list(Service.class))
                .filteredOn(one -> one.getMetadata().getName().equals("ram-ram-service-grpc"))
                .singleElement()
                .satisfies(headless -> {
                    assertThat(headless.getSpec().getClusterIP()).isEqualTo("None");
                    assertThat(headless.getSpec().getPublishNotReadyAddresses()).isNull();
                    assertThat(headless.getSpec().getSelector())
                            .isEqualTo(manifests
                                    .only(Deployment.class)
                                    .getSpec()
                                    .getSelector()
                                    .getMatchLabels());
                    assertThat(headless.getSpec().getPorts()).singleElement().satisfies(port -> {
                        assertThat(port.getPort()).isEqualTo(9000);
                        assertThat(port.getTargetPort()).isEqualTo(new IntOrString("grpc"));
                    });
                });
        var clients = manifests.only(NetworkPolicy.class).getSpec().getIngress().get(0);
        assertThat(clients.getPorts())
                .extracting(port -> port.getPort())
                .containsExactly(new IntOrString("http"), new IntOrString("grpc"));
        assertThat(clients.getFrom()).hasSize(2);
    }

    @Test
    void grpcIsOffUnlessAskedFor() {
        Manifests manifests = CHART.render("{}");

        assertThat(environment(service(pod(manifests)))).doesNotContainKey("RAM_GRPC_ENABLED");
        assertThat(service(pod(manifests)).getPorts())
                .extracting(port -> port.getName())
                .doesNotContain("grpc");
        assertThat(service(pod(manifests)).getReadinessProbe().getHttpGet().getPath())
                .isEqualTo("/readyz");
        assertThat(manifests.list(Service.class))
                .extracting(one -> one.getMetadata().getName())
                .containsExactlyInAnyOrder("ram-ram-service", "ram-ram-service-metrics");
    }

    @Test
    void helmTestMayConnectBesideTheChosenClients() {
        Manifests manifests =
                CHART.withHooksAndNotes(directory).render("networkPolicy: {clients: [{podSelector: {}}]}");
        var from = manifests
                .only(NetworkPolicy.class)
                .getSpec()
                .getIngress()
                .get(0)
                .getFrom();

        assertThat(from).hasSize(2);
        assertThat(manifests.only(Pod.class).getMetadata().getLabels())
                .containsAllEntriesOf(from.get(1).getPodSelector().getMatchLabels());
    }

    @Test
    void podOfTheHelmTestGetsNoRequests() {
        Manifests manifests =
                CHART.withHooksAndNotes(directory).render("{apiKey: {secretName: keys}, nodeSelector: {pool: digits}}");
        Pod test = manifests.only(Pod.class);
        Map<String, String> selector =
                manifests.only(Deployment.class).getSpec().getSelector().getMatchLabels();

        Policies.check(manifests);
        assertThat(test.getSpec().getActiveDeadlineSeconds()).isEqualTo(300);
        assertThat(test.getSpec().getNodeSelector()).containsEntry("pool", "digits");
        assertThat(test.getMetadata().getLabels().entrySet().containsAll(selector.entrySet()))
                .isFalse();
        assertThat(environment(test.getSpec().getContainers().get(0)))
                .containsEntry("SERVICE", "ram-ram-service")
                .containsEntry("PORT", "80")
                .containsKey("API_KEY");
    }

    @Test
    void settingsReachTheServiceAndReplaceThePodsWhenTheyChange() {
        Manifests two = CHART.render("config: {ram: {threads: 2}}");
        Manifests three = CHART.render("config: {ram: {threads: 3}}");

        assertThat(two.only(ConfigMap.class).getData())
                .containsExactly(Map.entry("application.yaml", "ram:\n  threads: 2\n"));
        assertThat(service(pod(two)).getVolumeMounts())
                .anyMatch(mount -> mount.getMountPath().equals("/app/config"));
        assertThat(checksum(two)).isNotEqualTo(checksum(three));
    }

    /** The parser rejects a number or a boolean where a string belongs. */
    @Test
    void namesThatLookLikeNumbersAreStrings() {
        Manifests manifests = CHART.withHooksAndNotes(directory)
                .render(
                        "123",
                        null,
                        "{image: {repository: '12', tag: '30', pullSecrets: ['1']}, priorityClassName: '2',"
                                + " apiKey: {secretName: '3', secretKey: '4'},"
                                + " checkpoint: {source: claim, claim: {name: '5', path: '6'}},"
                                + " gpu: {enabled: true, runtimeClassName: '7'}, topologySpread: {'8': DoNotSchedule},"
                                + " ingress: {enabled: true, host: '9', className: '10', tlsSecretName: '11'}}");
        PodSpec pod = pod(manifests);

        assertThat(manifests.only(Deployment.class).getMetadata().getLabels())
                .containsEntry("app.kubernetes.io/instance", "123");
        assertThat(service(pod).getImage()).isEqualTo("12:30");
        assertThat(environment(service(pod))).containsEntry("RAM_CHECKPOINT", "/checkpoint/6");
        assertThat(pod.getPriorityClassName()).isEqualTo("2");
    }

    @Test
    void largeNumbersAreWrittenOut() {
        String scaling = "autoscaling: {kind: %s, minReplicas: 1, maxReplicas: 3000000, queueDepth: 2000000}";
        Manifests keda = CHART.render(scaling.formatted("keda"));
        Manifests hpa = CHART.render(scaling.formatted("hpa"));

        assertThat(keda.only(ScaledObject.class).spec().triggers().get(1).metadata())
                .containsEntry("threshold", "2000000");
        assertThat(hpa.only(HorizontalPodAutoscaler.class)
                        .getSpec()
                        .getMetrics()
                        .get(1)
                        .getPods()
                        .getTarget()
                        .getAverageValue()
                        .toString())
                .isEqualTo("2000000");
    }

    @Test
    void autoscalerOwnsTheNumberOfPods() {
        Manifests manifests = CHART.render("autoscaling", "autoscaling: {queueDepth: 4}");
        var spec = manifests.only(HorizontalPodAutoscaler.class).getSpec();

        assertThat(manifests.only(Deployment.class).getSpec().getReplicas()).isNull();
        assertThat(spec.getScaleTargetRef().getName())
                .isEqualTo(manifests.only(Deployment.class).getMetadata().getName());
        assertThat(spec.getMetrics()).extracting(MetricSpec::getType).containsExactly("Resource", "Pods");
        assertThat(spec.getMetrics().get(1).getPods().getMetric().getName()).isEqualTo("ram_queue_depth");
    }

    @ParameterizedTest
    @CsvSource({"4, 4", "2, 2", "1, 2"})
    void upgradeToAnAutoscalerKeepsThePodsThatTheClusterHas(int live, int replicas, @TempDir Path directory)
            throws IOException {
        Chart upgraded = CHART.withHooksAndNotes(directory);
        Path helpers = upgraded.folder().resolve("templates/_helpers.tpl");
        Files.writeString(
                helpers,
                Files.readString(helpers)
                        .replace(".Release.IsUpgrade", "true")
                        .replace(
                                "lookup \"apps/v1\" \"Deployment\" .Release.Namespace (include \"ram.name\" .)",
                                "dict \"spec\" (dict \"replicas\" %d)".formatted(live)));

        assertThat(upgraded.render("autoscaling", "autoscaling: {minReplicas: 2}")
                        .only(Deployment.class)
                        .getSpec()
                        .getReplicas())
                .isEqualTo(replicas);
    }

    @Test
    void kedaAsksPrometheusForTheQueuesOfThisRelease() {
        ScaledObject scaled = CHART.render("autoscaling: {kind: keda, cpuUtilization: null, queueDepth: 4}")
                .only(ScaledObject.class);

        assertThat(scaled.spec().scaleTargetRef().name()).isEqualTo("ram-ram-service");
        assertThat(scaled.spec().triggers()).singleElement().satisfies(trigger -> {
            assertThat(trigger.type()).isEqualTo("prometheus");
            assertThat(trigger.metadata())
                    .containsEntry("threshold", "4")
                    .containsEntry(
                            "query",
                            "sum(ram_queue_depth{namespace=\"digits\", pod=~\"ram-ram-service(-[a-z0-9]+){1,2}\"})");
        });
    }

    @Test
    void ingressAndRouteLeadToTheService() {
        Manifests manifests = CHART.render("{ingress: {enabled: true, host: a.example.com, tlsSecretName: cert},"
                + " httpRoute: {enabled: true, gateways: [{name: public}]}}");
        var ingress = manifests.only(Ingress.class).getSpec();
        var route = manifests.only(HTTPRoute.class).getSpec();

        assertThat(ingress.getTls().get(0).getSecretName()).isEqualTo("cert");
        assertThat(ingress.getRules()
                        .get(0)
                        .getHttp()
                        .getPaths()
                        .get(0)
                        .getBackend()
                        .getService()
                        .getName())
                .isEqualTo("ram-ram-service");
        assertThat(route.getParentRefs().get(0).getName()).isEqualTo("public");
        assertThat(route.getRules().get(0).getBackendRefs().get(0).getPort()).isEqualTo(80);
    }

    @Test
    void monitoringCarriesTheLabelsThatTheOperatorLooksFor() {
        Manifests manifests = CHART.render("production", "{}");

        assertThat(manifests.only(ServiceMonitor.class).getMetadata().getLabels())
                .containsEntry("release", "kube-prometheus-stack");
        assertThat(manifests.only(PrometheusRule.class).getMetadata().getLabels())
                .containsEntry("release", "kube-prometheus-stack");
        assertThat(manifests.only(PrometheusRule.class).getSpec().getGroups())
                .singleElement()
                .satisfies(group -> assertThat(group.getRules())
                        .extracting(rule -> rule.getAlert())
                        .contains("RamServiceDown", "RamServiceQueueing"));
        assertThat(manifests.list(ConfigMap.class))
                .extracting(HasMetadata::getMetadata)
                .filteredOn(metadata -> metadata.getLabels().containsKey("grafana_dashboard"))
                .hasSize(1);
    }

    @Test
    void alertsAreOfThisReleaseOnly() {
        Manifests manifests = CHART.render("monitoring: {rules: {enabled: true}}");
        List<String> expressions = manifests.only(PrometheusRule.class).getSpec().getGroups().get(0).getRules().stream()
                .map(rule -> rule.getExpr().getStrVal())
                .toList();

        assertThat(expressions)
                .contains(
                        "absent(ram_model_info{namespace=\"digits\", job=\"ram-ram-service-metrics\"})",
                        "up{namespace=\"digits\", job=\"ram-ram-service-metrics\"} == 0")
                .allSatisfy(
                        expression -> assertThat(expression)
                                .doesNotContainPattern(
                                        "\\b(ram_|http_|up\\b)\\w*+(?!\\{namespace=\"digits\", job=\"ram-ram-service-metrics\")"));
    }

    private static String checksum(Manifests manifests) {
        return manifests
                .only(Deployment.class)
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations()
                .get("checksum/config");
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
