package io.github.ram.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.ContainerConfig;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;

/** The image of the service. */
@NeedsImages
class ServiceImageIT {

    private static ServiceContainer service;

    @BeforeAll
    static void start() {
        service = new ServiceContainer().withEnv("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=/tmp/classes.log");
        service.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void recognisesADigit() {
        HttpResponse<String> response = service.predict();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"class\":7,");
    }

    @Test
    void showsItsMetrics() {
        service.predict();

        assertThat(service.get(8081, "/actuator/prometheus").body())
                .containsPattern("ram_predictions_total\\{digit=\"7\"} [1-9]")
                .contains("ram_model_info{backend=\"cpu\"");
    }

    @Test
    void reportsItsHealthToDocker() {
        await().atMost(Duration.ofMinutes(2)).until(service::isHealthy);
    }

    @Test
    void runsAsAUserWithoutRights() {
        assertThat(service.execute("id")).startsWith("uid=10001 gid=10001 ");
        assertThat(service.execute("grep", "CapEff", "/proc/1/status")).contains("0000000000000000");
    }

    @Test
    void rootFileSystemIsReadOnly() {
        assertThat(service.execute("touch", "/app/file")).contains("Read-only file system");
        assertThat(service.execute("touch", "/home/file")).contains("Read-only file system");
    }

    @Test
    void computesOnACpuWithoutNativeLibrariesOfItsOwn() {
        service.predict();

        assertThat(service.execute("grep", "libjvm.so", "/proc/1/maps")).isNotEmpty();
        assertThat(service.execute("grep", "-E", "nd4j|blas|javacpp|jna", "/proc/1/maps"))
                .isEmpty();
        assertThat(service.execute("find", "/tmp", "-name", "*.so*", "-type", "f"))
                .isEmpty();
    }

    @Test
    void mostClassesComeFromTheArchive() {
        int all = count("source:");
        int archived = count("source: shared objects file");

        assertThat(all).isGreaterThan(5000);
        assertThat(archived).isGreaterThan(all * 3 / 4);
    }

    @Test
    void downloadsACheckpointWithoutAnotherProgram() throws Exception {
        String content = service.get(8080, "/v1/model").body();
        String sha256 = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));

        ExecResult right = fetch(sha256, "/tmp/right.ram");
        ExecResult wrong = fetch("0".repeat(64), "/tmp/wrong.ram");

        assertThat(right.getExitCode()).as(right.toString()).isZero();
        assertThat(service.execute("cat", "/tmp/right.ram")).isEqualTo(content);
        assertThat(wrong.getExitCode()).isEqualTo(1);
        assertThat(wrong.getStderr()).contains("has the SHA-256 " + sha256);
        assertThat(service.execute("ls", "/tmp/wrong.ram")).contains("No such file");
    }

    @Test
    void saysWhatItIs() {
        ContainerConfig config = DockerClientFactory.instance()
                .client()
                .inspectImageCmd(Images.service().asCanonicalNameString())
                .exec()
                .getConfig();

        assertThat(config.getUser()).isEqualTo("10001:10001");
        assertThat(config.getLabels())
                .containsEntry("org.opencontainers.image.title", "ram-service")
                .containsEntry("org.opencontainers.image.licenses", "Apache-2.0")
                .containsEntry("org.opencontainers.image.revision", "test")
                .containsKeys("org.opencontainers.image.version", "org.opencontainers.image.description");
    }

    @Test
    void holdsTheLicencesOfWhatItIsMadeOf() {
        assertThat(service.execute("head", "-n", "2", "/app/LICENSE")).contains("Apache License");
        assertThat(service.execute("cat", "/app/THIRD-PARTY.txt")).contains("(Apache-2.0)", ":spring-web:");
        assertThat(service.execute("cat", "/app/application.cdx.json")).contains("\"CycloneDX\"", "\"spring-web\"");
        assertThat(service.execute("bash", "-c", Images.UNLICENSED)).isEmpty();
    }

    /** Runs the command of the chart's init container, with another folder to write to. */
    private static ExecResult fetch(String sha256, String file) throws Exception {
        Container container = Charts.SERVICE
                .render(
                        "checkpoint: {source: download, download: {url: 'http://localhost:8080/v1/model', sha256: '%s'}}"
                                .formatted(sha256))
                .pod(Deployment.class)
                .getInitContainers()
                .get(0);
        List<String> words = Charts.words(container);
        words.set(words.indexOf("/checkpoint/model.ram"), file);
        return service.execInContainer(words.toArray(String[]::new));
    }

    private static int count(String text) {
        return Integer.parseInt(
                service.execute("grep", "-c", text, "/tmp/classes.log").strip());
    }
}
