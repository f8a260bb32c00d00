package io.github.ram.docker;

import static io.github.ram.docker.Docker.docker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.testcontainers.utility.DockerImageName;

/** The images of the command line and of scoring in bulk, run as the Job of their chart does. */
@NeedsImages
class TrainingJobIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration BETWEEN = Duration.ofSeconds(2);

    private final List<String> pods = new ArrayList<>();
    private String volume;

    @BeforeEach
    void createVolume() {
        volume = docker("volume", "create").strip();
    }

    @AfterEach
    void remove() {
        pods.forEach(pod -> docker("rm", "--force", "--volumes", pod));
        docker("volume", "rm", volume);
    }

    @Test
    void anotherPodResumesTheRunAfterAnEviction() {
        Container container = train(null, "arguments: [--dataset, strokes, --epochs, '1000']");

        String evicted = start(container);
        await().atMost(PATIENCE).pollInterval(BETWEEN).until(() -> metrics().size() > 1);
        docker("stop", "--time=60", evicted);
        List<String> before = metrics();
        start(container);
        await().atMost(PATIENCE).pollInterval(BETWEEN).until(() -> metrics().size() > before.size());

        assertThat(docker("inspect", "--format={{.State.ExitCode}}", evicted)).isEqualTo("143\n");
        assertThat(metrics()).startsWith(before.toArray(String[]::new));
        assertThat(metrics().get(before.size())).startsWith(before.size() + ",");
    }

    private static Stream<String> sets() {
        return Charts.TRAINING.sets().stream();
    }

    @ParameterizedTest
    @MethodSource("sets")
    void argumentsOfTheChartsValuesAreOptionsOfTheCommand(String set) {
        Container container = train(set, "sweep: {seeds: 0}");
        container.getArgs().add("--no-such-option"); // the only option that the command rejects

        assertThatThrownBy(() -> docker(run(container, "--rm")))
                .hasMessageContaining("Unknown option: '--no-such-option'");
    }

    private static Container train(String set, String values) {
        return Charts.TRAINING
                .render(set, values)
                .pod(Job.class)
                .getContainers()
                .get(0);
    }

    private String start(Container container) {
        String pod = docker(run(container, "--detach", "--volume=" + volume + ":/runs"))
                .strip();
        pods.add(pod);
        return pod;
    }

    private static String[] run(Container container, String... options) {
        DockerImageName image = container.getName().equals("score") ? Images.scoring() : Images.training();
        return Charts.run(container, image.asCanonicalNameString(), options);
    }

    /** Returns the lines of metrics.csv with its head first; none before the file exists. */
    private List<String> metrics() {
        return docker(
                        "run",
                        "--rm",
                        "--volume=" + volume + ":/runs",
                        "--entrypoint=sh",
                        Images.training().asCanonicalNameString(),
                        "-c",
                        "if [ -e ram/metrics.csv ]; then cat ram/metrics.csv; fi")
                .lines()
                .toList();
    }
}
