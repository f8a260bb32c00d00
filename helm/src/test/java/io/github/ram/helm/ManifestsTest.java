package io.github.ram.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parser of the other tests accepts what Kubernetes accepts, and nothing else. */
class ManifestsTest {

    private static final String POD = "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [%s]}}";

    @Test
    void documentsAreReadIntoTheirClasses() {
        Manifests manifests = Manifests.parse("---\n# Source: a\n" + POD.formatted("{name: b}") + "\n");

        assertThat(manifests.only(Pod.class).getSpec().getContainers().get(0).getName())
                .isEqualTo("b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{name: b, comand: [c]}",
                "{name: b, securityContext: {readOnlyRootFileSystem: true}}",
                "{name: b, resources: {limit: {cpu: 1}}}",
                "{name: b, livenessProbe: {httpGet: {url: /livez}}}",
                "{name: b, command: c}",
                "{name: b, ports: [{containerPort: http}]}",
                "{name: b, name: c}",
                "{name: 123}",
                "{name: b, args: [1.5]}",
                "{name: b, env: [{name: c, value: true}]}",
                "{name: b, env: [{name: c, value: yes}]}"
            })
    void unknownFieldsAreErrors(String container) {
        assertThatThrownBy(() -> Manifests.parse(POD.formatted(container))).isInstanceOf(Exception.class);
    }

    @Test
    void labelsAreStrings() {
        assertThatThrownBy(() -> Manifests.parse("{apiVersion: v1, kind: Pod, metadata: {name: a, labels: {b: 123}}}"))
                .hasMessageContaining("Cannot coerce Integer value (123) to `java.lang.String` value");
    }

    @Test
    void unknownKindsAreErrors() {
        assertThatThrownBy(() -> Manifests.parse("{apiVersion: v1, kind: Secret, metadata: {name: a}}"))
                .hasMessageContaining("no class for Secret of v1");
    }
}
