package io.github.ram.docker;

import io.github.ram.helm.Command;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.DockerImageName;

/**
 * The images under test, built from the Dockerfiles. Their base images are those that the Dockerfiles name, or others
 * that the environment names.
 */
final class Images {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String JDK = base("RAM_JDK_IMAGE", "eclipse-temurin:17-jdk");
    private static final String RUNTIME = base("RAM_RUNTIME_IMAGE", "debian:bookworm-slim");

    /** Prometheus, with promtool. */
    static final String PROMETHEUS = base("RAM_PROMETHEUS_IMAGE", "prom/prometheus:v3.5.0");

    /** A script that lists the modules of Java and the packages of the base image that have no licence file. */
    static final String UNLICENSED =
            "unset JDK_JAVA_OPTIONS; for module in $(java --list-modules); do ls /opt/java/legal/${module%%@*}/LICENSE"
                    + " >/dev/null; done 2>&1; for package in $(dpkg-query --show --showformat='${Package} '); do"
                    + " ls /usr/share/doc/$package/copyright >/dev/null; done 2>&1";

    private static final Optional<String> OBSTACLE = findObstacle();

    private Images() {}

    /** Returns the reason why this machine cannot build images, if there is one. */
    static Optional<String> obstacle() {
        return OBSTACLE;
    }

    /** Returns the image of the service. */
    static DockerImageName service() {
        return Service.IMAGE;
    }

    /** Returns the image of the command line. */
    static DockerImageName training() {
        return Training.IMAGE;
    }

    /** Returns the image that scores pictures in bulk. */
    static DockerImageName scoring() {
        return Scoring.IMAGE;
    }

    /** Builds the image at its first use. */
    private static final class Service {
        static final DockerImageName IMAGE = build("service");
    }

    /** Builds the image at its first use. */
    private static final class Training {
        static final DockerImageName IMAGE = build("training");
    }

    /** Builds the image at its first use. */
    private static final class Scoring {
        static final DockerImageName IMAGE = build("scoring");
    }

    private static DockerImageName build(String name) {
        String tag = "ram-" + name + ":test";
        Command.run(
                ROOT,
                List.of(
                        "docker",
                        "build",
                        "--file=docker/" + name + "/Dockerfile",
                        "--tag=" + tag,
                        "--build-arg=JDK_IMAGE=" + JDK,
                        "--build-arg=RUNTIME_IMAGE=" + RUNTIME,
                        "--build-arg=REVISION=test",
                        "."));
        return DockerImageName.parse(tag);
    }

    private static Optional<String> findObstacle() {
        if (!Command.succeeds(ROOT, List.of("docker", "version"))
                || !DockerClientFactory.instance().isDockerAvailable()) {
            return Optional.of("there is no Docker engine: docker version fails");
        }
        return List.of(JDK, RUNTIME, PROMETHEUS).stream()
                .filter(image -> !Command.succeeds(ROOT, List.of("docker", "image", "inspect", image))
                        && !Command.succeeds(ROOT, List.of("docker", "pull", image)))
                .findFirst()
                .map(image -> "the image %s is not here and cannot be pulled".formatted(image));
    }

    private static String base(String variable, String otherwise) {
        String image = System.getenv(variable);
        return image == null || image.isBlank() ? otherwise : image;
    }
}
