package io.github.ram.docker;

import static io.github.ram.docker.Command.docker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
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
    void passesWhenTheServiceKnowsTheDigit() {
        assertThat(docker(run(container()))).contains("HTTP/1.1 200").contains("\"class\":7,");
    }

    @Test
    void failsWhenTheServiceRefuses() {
        Container container = container();
        set(container, "DIGIT", "cnViYmlzaA==");

        assertThatThrownBy(() -> docker(run(container)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("HTTP/1.1 4");
    }

    @Test
    void failsWhenThereIsNoService() {
        Container container = container();
        set(container, "PORT", "9");

        assertThatThrownBy(() -> docker(run(container)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Connection refused");
    }

    private Container container() {
        Container container = Charts.SERVICE
                .withHooks(directory)
                .render("service: {port: 8080}")
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
