package io.github.ram.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules for every pod of the charts, with any values. */
final class Policies {

    private Policies() {}

    static void check(Manifests manifests) {
        assertThat(manifests.pods()).isNotEmpty();
        for (PodTemplateSpec pod : manifests.pods()) {
            PodSpec spec = pod.getSpec();
            restricted(spec);
            for (Container container : containers(spec)) {
                restricted(container);
                limited(container);
                saysWhyItFailed(container);
                mountsVolumesOfThePod(container, spec.getVolumes());
            }
            assertThat(spec.getAutomountServiceAccountToken()).isFalse();
            assertThat(spec.getEnableServiceLinks()).isFalse();
        }
        assertThat(manifests.all())
                .as("names are unique")
                .extracting(manifest ->
                        manifest.getKind() + "/" + manifest.getMetadata().getName())
                .doesNotHaveDuplicates();
    }

    static List<Container> containers(PodSpec spec) {
        List<Container> all = new ArrayList<>(spec.getInitContainers());
        all.addAll(spec.getContainers());
        return all;
    }

    /** The rules of the restricted Pod Security Standard for the pod. */
    private static void restricted(PodSpec spec) {
        assertThat(spec.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(spec.getSecurityContext().getRunAsUser()).isEqualTo(10001L);
        assertThat(spec.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(spec.getHostNetwork()).isNull();
        assertThat(spec.getHostPID()).isNull();
        assertThat(spec.getHostIPC()).isNull();
        assertThat(spec.getVolumes())
                .allSatisfy(volume -> assertThat(volume.getHostPath()).isNull());
    }

    private static void restricted(Container container) {
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getSecurityContext().getCapabilities().getAdd()).isEmpty();
        assertThat(container.getSecurityContext().getPrivileged()).isNull();
        assertThat(container.getPorts())
                .allSatisfy(port -> assertThat(port.getHostPort()).isNull());
    }

    private static void limited(Container container) {
        assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
        assertThat(container.getResources().getLimits()).containsKeys("cpu", "memory");
    }

    /** The status of a pod has the last log lines of a container that failed. */
    private static void saysWhyItFailed(Container container) {
        assertThat(container.getTerminationMessagePolicy()).isEqualTo("FallbackToLogsOnError");
    }

    private static void mountsVolumesOfThePod(Container container, List<Volume> volumes) {
        Map<String, Volume> named = volumes.stream().collect(Collectors.toMap(Volume::getName, volume -> volume));
        container.getVolumeMounts().forEach(mount -> assertThat(named).containsKey(mount.getName()));
        assertThat(named.values()).allSatisfy(volume -> {
            if (volume.getEmptyDir() != null) {
                assertThat(volume.getEmptyDir().getSizeLimit())
                        .as("size of " + volume.getName())
                        .isNotNull();
            }
        });
        assertThat(container.getVolumeMounts())
                .filteredOn(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
                .as("what %s can write", container.getName())
                .extracting(mount -> mount.getMountPath())
                .isSubsetOf(Set.of("/tmp", "/checkpoint", "/runs"));
    }
}
