package io.github.ram.helm.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

/** A pod that sends requests to the service of a release. It runs {@link Load} with the Java of the service's image. */
final class LoadPod {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String OBJECTS = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: load}
            binaryData: {program: %s, picture: %s}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: load}
            spec:
              restartPolicy: Never
              automountServiceAccountToken: false
              enableServiceLinks: false
              securityContext: {runAsNonRoot: true, runAsUser: 10001, seccompProfile: {type: RuntimeDefault}}
              tolerations: [{operator: Exists}]
              containers:
                - name: load
                  image: ram-service:0.1.0-SNAPSHOT
                  imagePullPolicy: IfNotPresent
                  command: [java, -cp, /load, io.github.ram.helm.cluster.Load, 'http://ram-ram-service/v1/predictions',
                    /load/seven.png, '%d', '%d', /tmp/end]
                  securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
                  volumeMounts: [{name: load, mountPath: /load}]
              volumes:
                - name: load
                  configMap:
                    name: load
                    items:
                      - {key: program, path: io/github/ram/helm/cluster/Load.class}
                      - {key: picture, path: seven.png}
            """;

    private final Release release;

    /**
     * Starts the pod and waits until the service has answered.
     *
     * @param clients number of clients, each on its own connection
     * @param pause milliseconds between two requests of a client
     */
    LoadPod(Release release, int clients, int pause) {
        this.release = release;
        release.apply(OBJECTS.formatted(base64(program()), base64(picture()), clients, pause));
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> release.get("logs", "load").contains("started"));
    }

    /** Ends the load and removes the pod. The test fails if the service lost a request. */
    void assertNothingLost(String event) {
        release.get("exec", "load", "--", "touch", "/tmp/end");
        release.get("wait", "pod/load", "--for=jsonpath={.status.phase}=Succeeded", "--timeout=5m");
        String log = release.get("logs", "load");
        release.get("delete", "pod", "load");
        System.out.println(event + ": " + log.lines().reduce((a, b) -> b).orElseThrow());
        assertThat(log).as(event).endsWith(", lost 0\n");
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] program() {
        try (InputStream file = Load.class.getResourceAsStream("Load.class")) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] picture() {
        try {
            return Files.readAllBytes(Path.of("../docs/seven.png"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
