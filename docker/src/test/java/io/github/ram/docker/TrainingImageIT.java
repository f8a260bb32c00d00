package io.github.ram.docker;

import static io.github.ram.docker.Docker.docker;
import static io.github.ram.helm.Command.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The image of the command line. */
@NeedsImages
class TrainingImageIT {

    private static String volume;

    @BeforeAll
    static void createVolume() {
        volume = docker("volume", "create").strip();
    }

    @AfterAll
    static void removeVolume() {
        docker("volume", "rm", volume);
    }

    @Test
    void recognisesADigit() {
        assertThat(run("predict", "--json", "/app/seven.png")).contains("\"class\":7,");
    }

    @Test
    void trainsResumesAndEndsAfterTheLastEpoch() {
        String first = run("train", "--dataset", "strokes", "--epochs", "1", "--out", "first", "--json");
        String second = run("train", "--resume", "--epochs", "2", "--out", "first", "--json");
        String done = run("train", "--resume", "--out", "first", "--json");

        assertThat(first).contains("\"epochs\":1,");
        assertThat(second).contains("\"epochs\":2,");
        assertThat(done).contains("\"epochs\":2,");
        assertThat(run("predict", "--json", "--checkpoint", "first/best.ram", "/app/seven.png"))
                .contains("\"class\":");
        assertThat(shell("ls -A /runs", "--volume=" + volume + ":/runs"))
                .as("what training leaves on the volume")
                .isEqualToIgnoringWhitespace("first");
    }

    @Test
    void saysWhatItIs() {
        String config = docker(
                "inspect",
                "--format={{.Config.User}} {{json .Config.Labels}}",
                Images.training().asCanonicalNameString());

        assertThat(config)
                .startsWith("10001:10001 ")
                .contains("\"org.opencontainers.image.title\":\"ram-training\"")
                .contains("\"org.opencontainers.image.licenses\":\"Apache-2.0\"")
                .contains("\"org.opencontainers.image.revision\":\"test\"")
                .contains("\"org.opencontainers.image.version\":", "\"org.opencontainers.image.description\":");
    }

    @Test
    void runsAsAUserWithoutRights() {
        assertThat(shell("id")).startsWith("uid=10001 gid=10001 ");
        assertThat(shell("grep CapEff /proc/self/status")).contains("0000000000000000");
        assertThat(shell("touch /app/file 2>&1 || true")).contains("Read-only file system");
    }

    @Test
    void holdsTheLicencesOfWhatItIsMadeOf() {
        assertThat(shell("head -n 2 /app/LICENSE")).contains("Apache License");
        assertThat(shell("cat /app/THIRD-PARTY.txt")).contains("(Apache-2.0)", ":nd4j-api:");
        assertThat(shell("cat /app/application.cdx.json")).contains("\"CycloneDX\"", "\"nd4j-api\"");
        assertThat(shell(Images.UNLICENSED)).isEmpty();
    }

    /** Runs the command line with only /tmp and the volume writable, and returns its standard output. */
    private static String run(String... arguments) {
        return run(List.of("--volume=" + volume + ":/runs"), arguments);
    }

    /** Returns what a script prints in the image. */
    private static String shell(String script, String... options) {
        return run(with(List.of("--entrypoint=bash"), options), "-c", script);
    }

    private static String run(List<String> options, String... arguments) {
        List<String> words =
                with(List.of("run", "--rm", "--read-only", "--cap-drop=ALL"), options.toArray(String[]::new));
        words.add(Images.training().asCanonicalNameString());
        return docker(with(words, arguments).toArray(String[]::new));
    }
}
