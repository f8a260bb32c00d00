package io.github.ram.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The script of the Job. Bash runs it with a command line that only prints its arguments. */
@EnabledIf(value = "hasBash", disabledReason = "there is no /bin/bash here to run the Job's script")
class TrainingScriptTest {

    private static final Chart CHART = Chart.named("ram-training");

    private static final String SCORING = "{scoring: true, arguments: [--input, /data, --rollouts, '4']}";

    @TempDir
    Path directory;

    static boolean hasBash() {
        return Files.isExecutable(Path.of("/bin/bash"));
    }

    @Test
    void firstPodStartsTheRun() throws Exception {
        assertThat(run("data: {claim: datasets}", null))
                .containsExactly(
                        "train", "--out", out("ram"), "--data=/data", "--dataset", "strokes", "--epochs", "20");
    }

    @Test
    void eachDataSetHasItsFolderOfDownloads() throws Exception {
        assertThat(run("{data: {download: true}, arguments: [--dataset, fashion]}", null))
                .contains("--data=" + out(".data/fashion"));
        assertThat(run("{data: {download: true}, arguments: [--epochs, '3', --dataset=mnist]}", null))
                .contains("--data=" + out(".data/mnist"));
        assertThat(run("{data: {download: true}, arguments: []}", null)).contains("--data=" + out(".data/mnist"));
    }

    @Test
    void laterPodResumesTheRun() throws Exception {
        Files.createDirectories(directory.resolve("ram"));
        Files.createFile(directory.resolve("ram/last.ram"));

        assertThat(run("{}", null))
                .containsExactly("train", "--resume", "--out", out("ram"), "--dataset", "strokes", "--epochs", "20");
    }

    @Test
    void laterPodGetsTheCurrentFolderOfTheData() throws Exception {
        Files.createDirectories(directory.resolve("ram"));
        Files.createFile(directory.resolve("ram/last.ram"));

        assertThat(run("data: {claim: datasets}", null))
                .startsWith("train", "--resume", "--out", out("ram"), "--data=/data");
        assertThat(run("data: {download: true}", null))
                .startsWith("train", "--resume", "--out", out("ram"), "--data=" + out(".data/strokes"), "--download");
    }

    @Test
    void eachIndexOfASweepHasItsSeedAndItsFolder() throws Exception {
        assertThat(run("{sweep: {seeds: 3}, arguments: [--std, '0.2']}", "2"))
                .containsExactly("train", "--out", out("ram/seed-3"), "--seed", "3", "--std", "0.2");
    }

    @Test
    void argumentsWithSpacesAndStarsStayWhole() throws Exception {
        assertThat(run("arguments: ['a b', '$HOME', '*']", null))
                .containsExactly("train", "--out", out("ram"), "a b", "$HOME", "*");
    }

    @Test
    void scoreGetsItsFolder() throws Exception {
        assertThat(run(SCORING, null))
                .containsExactly("--output", out("scores"), "--input", "/data", "--rollouts", "4");
    }

    @Test
    void scoreThatIsWholeIsNotMadeAgain() throws Exception {
        Files.createDirectories(directory.resolve("scores"));

        assertThat(run(SCORING, null)).containsExactly(out("scores") + " is there and whole");
    }

    private String out(String run) {
        return directory.resolve(run).toString();
    }

    /** Returns the arguments of the command line. */
    private List<String> run(String values, String index) throws Exception {
        for (String program : List.of("ram-training", "ram-scoring")) {
            Path command = directory.resolve(program);
            Files.writeString(command, "#!/bin/bash\nprintf '%s\\n' \"$@\"\n");
            assertThat(command.toFile().setExecutable(true)).isTrue();
        }
        Container container =
                CHART.render(values).pod(Job.class).getContainers().get(0);
        List<String> words = new ArrayList<>(container.getCommand());
        words.set(0, "/bin/bash");
        container.getArgs().forEach(argument -> words.add(argument.replace("/runs/", directory + "/")));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("PATH", directory + ":" + System.getenv("PATH"));
        builder.environment().put("RUN", "ram");
        builder.environment().put("SCORES", out("scores"));
        if (index != null) {
            builder.environment().put("INDEX", index);
        }
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().toList();
    }
}
