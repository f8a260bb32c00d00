package io.github.ram.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The image of the command line, as it is used. */
@NeedsImages
class TrainingImageIT {

    private static final Path HERE = Path.of("").toAbsolutePath();

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

    @Test
    void runThatIsToldToEndCanGoOn() {
        String container = docker(options(
                        "run", "--detach", "train", "--dataset", "strokes", "--epochs", "1000", "--out", "evicted"))
                .strip();
        try {
            await().atMost(Duration.ofMinutes(5))
                    .until(() -> Command.succeeds(
                            HERE, List.of("docker", "exec", container, "test", "-e", "evicted/metrics.csv")));
            docker("stop", "--time=60", container);

            assertThat(docker("inspect", "--format={{.State.ExitCode}}", container)
                            .strip())
                    .isEqualTo("143");
        } finally {
            docker("rm", "--force", container);
        }
        int epochs = Integer.parseInt(docker(options(
                        "run", "--rm", "--entrypoint=sh", "-c", "tail --lines=+2 evicted/metrics.csv | wc --lines"))
                .strip());
        String more = Integer.toString(epochs + 1);
        assertThat(run("train", "--resume", "--epochs", more, "--out", "evicted", "--json"))
                .contains("\"epochs\":" + more + ",");
    }

    /** Runs the command line, with nothing writable but /tmp and the volume, and returns its standard output. */
    private static String run(String... arguments) {
        List<String> words = new ArrayList<>(List.of("run", "--rm"));
        words.addAll(List.of(arguments));
        return docker(options(words.toArray(String[]::new)));
    }

    /** Puts the image and how it is restricted behind the options of docker run. */
    private static String[] options(String... words) {
        List<String> all = new ArrayList<>();
        int i = 0;
        for (; i == 0 || words[i].startsWith("--") && !words[i].equals("--json"); i++) {
            all.add(words[i]);
        }
        all.addAll(List.of("--read-only", "--cap-drop=ALL", "--volume=" + volume + ":/runs"));
        all.add(Images.training().asCanonicalNameString());
        all.addAll(List.of(words).subList(i, words.length));
        return all.toArray(String[]::new);
    }

    private static String docker(String... arguments) {
        List<String> words = new ArrayList<>(List.of("docker"));
        words.addAll(List.of(arguments));
        return Command.run(HERE, words);
    }
}
