package io.github.ram.helm.cluster;

import static io.github.ram.helm.Chart.withFile;
import static io.github.ram.helm.cluster.Kubernetes.kubectl;
import static io.github.ram.helm.cluster.Kubernetes.run;
import static org.awaitility.Awaitility.await;

import io.github.ram.helm.Command;
import io.github.ram.helm.Command.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A release of a chart, named ram, in a namespace that enforces restricted Pod Security. Closing removes both. */
final class Release implements AutoCloseable {

    /** Labels of the service's pods. */
    static final String SERVICE = "app.kubernetes.io/component=service";

    private static final String NAME = "ram";

    private final String program;
    private final String chart;
    private final String namespace = Kubernetes.newName();

    /**
     * Makes the namespace.
     *
     * @param program helm3 or helm4
     * @param chart name of the chart
     */
    Release(String program, String chart) {
        this.program = program;
        this.chart = chart;
        kubectl("create", "namespace", namespace);
        kubectl("label", "namespace", namespace, "pod-security.kubernetes.io/enforce=restricted");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> kubectl("get", "serviceaccounts", "--namespace=" + namespace)
                        .contains("default"));
    }

    /** Installs the release with these values in YAML, and returns the notes. */
    String install(String values) {
        return withFile(values, file -> run(program, "install", NAME, chart, in(), "--values=" + file));
    }

    /** Installs the release with a set of values and with these values in YAML, and returns the notes. */
    String installSet(String set, String values) {
        String file = "--values=" + chart + "/values/" + set + ".yaml";
        return withFile(values, more -> run(program, "install", NAME, chart, in(), file, "--values=" + more));
    }

    /** Upgrades the release to these values in YAML only. */
    void upgrade(String values) {
        withFile(values, file -> run(program, "upgrade", NAME, chart, in(), "--values=" + file));
    }

    /** Upgrades the release to the same chart under another version, in this folder, and to these values in YAML only. */
    void upgradeToVersion(String version, Path folder, String values) {
        run(program, "package", chart, "--version=" + version, "--destination=" + folder);
        String file = folder.resolve("%s-%s.tgz".formatted(chart, version)).toString();
        withFile(values, more -> run(program, "upgrade", NAME, file, in(), "--values=" + more));
    }

    /** Rolls the release back to its previous revision. */
    void rollback() {
        run(program, "rollback", NAME, in());
    }

    /** Returns how {@code helm test --logs} ended. */
    Outcome test() {
        return Kubernetes.call(program, "test", NAME, in(), "--logs");
    }

    void uninstall() {
        run(program, "uninstall", NAME, in());
    }

    /** Waits until all pods of the Deployment are of its last revision and ready, and all others have ended. */
    void awaitRollout() {
        get("rollout", "status", "deployment/ram-ram-service", "--timeout=10m");
        await().atMost(Duration.ofMinutes(5))
                .until(() -> get("get", "pods", "--selector=" + SERVICE, "--output=name")
                                .lines()
                                .count()
                        == pods(SERVICE).size());
    }

    /** Returns what kubectl prints in the namespace; a failure is an error. */
    String get(String... arguments) {
        return kubectl(Command.with(List.of(in()), arguments).toArray(String[]::new));
    }

    /** Returns the names of the pods with the labels that neither end nor have ended. */
    List<String> pods(String labels) {
        String template =
                "{{range .items}}{{if not (or .metadata.deletionTimestamp (eq .status.phase \"Failed\" \"Succeeded\"))}}"
                        + "{{.metadata.name}}{{\"\\n\"}}{{end}}{{end}}";
        return get("get", "pods", "--selector=" + labels, "--output=go-template=" + template)
                .lines()
                .toList();
    }

    /** Evicts a pod, as a drain of its node does. */
    void evict(String pod) {
        String eviction = """
                {"apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": "%s"}}""".formatted(pod);
        String address = "/api/v1/namespaces/%s/pods/%s/eviction".formatted(namespace, pod);
        withFile(eviction, file -> kubectl("create", "--raw=" + address, "--filename=" + file));
    }

    /** Applies these objects in YAML. */
    void apply(String objects) {
        withFile(objects, file -> get("apply", "--filename=" + file));
    }

    private String in() {
        return "--namespace=" + namespace;
    }

    @Override
    public void close() {
        Kubernetes.call(program, "uninstall", NAME, in());
        kubectl("delete", "namespace", namespace, "--timeout=5m");
    }
}
