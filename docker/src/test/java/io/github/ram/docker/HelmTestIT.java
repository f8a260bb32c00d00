package io.github.ram.docker;

import static io.github.ram.docker.Docker.docker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.Network;

/** The pod of {@code helm test}, run beside the service. */
@NeedsImages
class HelmTestIT {

    private static final String SERVICE = "ram-ram-service";

    @TempDir
    Path directory;

    private static Network network;
    private static ServiceContainer service;

    @BeforeAll
    static void start() {
        network = Network.newNetwork();
        service = new ServiceContainer().withNetwork(network).withNetworkAliases(SERVICE);
        service.start();
    }

    @AfterAll
    static void stop() {
        service.close();
        network.close();
    }

    @Test
    void passesWhenTheServiceRecognisesTheDigit() {
        assertThat(docker(run(container("service: {port: 8080}"))))
                .contains("HTTP/1.1 200")
                .contains("\"class\":7,");
    }

    @Test
    void failsWhenTheServiceRejectsTheRequest() {
        Container container = container("service: {port: 8080}");
        set(container, "DIGIT", "cnViYmlzaA==");

        assertThatThrownBy(() -> docker(run(container)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("HTTP/1.1 4");
    }

    @Test
    void sendsTheFirstOfTheKeysInTheSecret() throws IOException {
        String values = "{service: {port: 8080}, apiKey: {secretName: keys}}";
        String secret = "\ufeff# of ours\r\n\r\n it's \\a  \"key\" \r\nsecond-key\r\n";
        Path file = Files.writeString(directory.resolve("keys"), secret);
        EnvVar variable = Charts.SERVICE.render(values).pod(Deployment.class).getContainers().get(0).getEnv().stream()
                .filter(candidate -> candidate.getName().equals("RAM_API_KEY_FILE"))
                .findFirst()
                .orElseThrow();
        try (ServiceContainer guarded = new ServiceContainer()
                .withNetwork(network)
                .withNetworkAliases("guarded")
                .withEnv(variable.getName(), variable.getValue())
                .withFile(file, variable.getValue())) {
            guarded.start();
            Container container = container(values);
            set(container, "SERVICE", "guarded");

            set(container, "API_KEY", secret);
            assertThat(docker(run(container))).contains("HTTP/1.1 200").contains("\"class\":7,");

            set(container, "API_KEY", "third-key");
            assertThatThrownBy(() -> docker(run(container)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("HTTP/1.1 401");
        }
    }

    @Test
    void failsWhenThereIsNoService() {
        Container container = container("service: {port: 8080}");
        set(container, "PORT", "9");

        assertThatThrownBy(() -> docker(run(container)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Connection refused");
    }

    private Container container(String values) {
        Container container = Charts.SERVICE
                .withHooksAndNotes(directory)
                .render(values)
                .pod(Pod.class)
                .getContainers()
                .get(0);
        assertThat(container.getEnv())
                .contains(new EnvVar("SERVICE", SERVICE, null))
                .contains(new EnvVar("PORT", "8080", null));
        return container;
    }

    private static void set(Container container, String name, String value) {
        container.getEnv().removeIf(variable -> variable.getName().equals(name));
        container.getEnv().add(new EnvVar(name, value, null));
    }

    private static String[] run(Container container) {
        return Charts.run(container, Images.service().asCanonicalNameString(), "--rm", "--network=" + network.getId());
    }
}
