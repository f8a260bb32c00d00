package io.github.ram.docker;

import static io.github.ram.docker.Command.docker;
import static io.github.ram.docker.Command.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The image of the command line, as it is used. */
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
    void trainsGoesOnAndEndsWhereItIsDone() {
        String first = run("train", "--dataset", "strokes", "--epochs", "1", "--out", "first", "--json");
        String second = run("train", "--resume", "--epochs", "2", "--out", "first", "--json");
        String done = run("train", "--resume", "--out", "first", "--json");

        assertThat(first).contains("\"epochs\":1,");
        assertThat(second).contains("\"epochs\":2,");
        assertThat(done).contains("\"epochs\":2,");
        assertThat(run("predict", "--json", "--checkpoint", "first/best.ram", "/app/seven.png"))
                .contains("\"class\":");
    }

    /** Runs the command line, with nothing writable but /tmp and the volume, and returns its standard output. */
    private static String run(String... arguments) {
        return docker(with(
                        List.of(
                                "run",
                                "--rm",
                                "--read-only",
                                "--cap-drop=ALL",
                                "--volume=" + volume + ":/runs",
                                Images.training().asCanonicalNameString()),
                        arguments)
                .toArray(String[]::new));
    }
}
