package io.github.ram.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.network.RamConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The whole way of a user: train, resume, evaluate. */
class TrainCommandTest {

    @TempDir
    private static Path directory;

    private static Path run;
    private static Console started;
    private static Console resumed;

    @BeforeAll
    static void trainTwoEpochs() {
        run = directory.resolve("runs").resolve("strokes");
        started = Console.run(
                "train",
                "--dataset",
                "strokes",
                "--out",
                run.toString(),
                "--epochs",
                "1",
                "--glimpses",
                "2",
                "--batch-size",
                "90",
                "--learning-rate",
                "0.002",
                "--milestones",
                "9",
                "--threads",
                "2");
        resumed = Console.run("train", "--resume", "--out", run.toString(), "--epochs", "2", "--json");
    }

    @Test
    void trainingTellsOfEveryEpochAndThenOfTheResult() {
        assertEquals(0, started.exit(), started.toString());
        assertEquals(2, started.err().size(), started.toString());
        assertTrue(started.err().get(0).startsWith("epoch   1  loss "), started.toString());
        assertEquals("report: " + run.resolve("report.html"), started.err().get(1));
        assertEquals(1, started.out().size());
        assertTrue(
                started.out().get(0).startsWith("1 epochs, ")
                        && started.out().get(0).endsWith(" %: " + run.resolve("best.ram")),
                started.toString());
    }

    @Test
    void theResultIsOneJsonObjectOfTheAgreedFields() {
        assertEquals(0, resumed.exit(), resumed.toString());
        assertEquals(1, resumed.out().size(), resumed.toString());
        assertEquals(List.of("epochs", "imagesPerSecond", "validationErrorPercent", "checkpoint"), resumed.fields());
        JsonNode json = resumed.json();
        assertEquals(2, json.get("epochs").asInt());
        assertTrue(json.get("imagesPerSecond").isIntegralNumber()
                && json.get("imagesPerSecond").asInt() > 0);
        assertEquals(run.resolve("best.ram").toString(), json.get("checkpoint").asString());
    }

    @Test
    void twoEpochsTellMostDigitsApart() {
        double percent = resumed.json().get("validationErrorPercent").asDouble();

        assertTrue(percent > 0 && percent < 60, "error by chance is 90 %, this was " + percent);
    }

    @Test
    void theMetricsHaveARowAnEpoch() throws IOException {
        List<String> rows = Files.readAllLines(run.resolve("metrics.csv"));

        assertEquals(
                "epoch,learningRate,loss,classificationLoss,baselineLoss,policyLoss,accuracy,"
                        + "validationErrorPercent,imagesPerSecond",
                rows.get(0));
        assertEquals(3, rows.size());
        assertTrue(rows.get(1).startsWith("1,0.002,"), rows.toString());
        assertTrue(rows.get(2).startsWith("2,0.002,"), rows.toString());
        assertEquals(9, rows.get(2).split(",").length);
    }

    @Test
    void theReportTellsTheErrorThatTrainingReported() throws IOException {
        String percent = String.format(
                Locale.ROOT,
                "%.2f %%",
                resumed.json().get("validationErrorPercent").asDouble());

        assertTrue(Files.readString(run.resolve("report.html")).contains("<b>" + percent + "</b>"), percent);
    }

    @Test
    void aReportCanBeMadeOfTheTestImagesToo() throws IOException {
        Path copy = Files.createDirectory(directory.resolve("copy"));
        for (String file : List.of("last.ram", "best.ram", "metrics.csv")) {
            Files.copy(run.resolve(file), copy.resolve(file));
        }

        Console console = Console.run("report", "--out", copy.toString(), "--split", "test", "--json");

        assertEquals(0, console.exit(), console.toString());
        assertEquals(
                copy.resolve("report.html").toString(),
                console.json().get("report").asString());
        assertTrue(Files.readString(copy.resolve("report.html")).contains(" of 1000 strokes test images"));
    }

    @Test
    void aFolderWithoutARunHasNoReport() {
        Console console = Console.run("report", "--out", directory.toString());

        assertEquals(
                new Console(
                        1, List.of(), List.of("error: " + directory + " holds no training run: there is no last.ram")),
                console);
    }

    @Test
    void evaluateFindsTheErrorThatTrainingReported() {
        Console console = Console.run(
                "evaluate", "--checkpoint", run.resolve("best.ram").toString(), "--split", "validation", "--json");

        assertEquals(0, console.exit(), console.toString());
        assertEquals(List.of(), console.err());
        assertEquals(
                List.of(
                        "dataset",
                        "total",
                        "errors",
                        "errorPercent",
                        "rollouts",
                        "imagesPerSecond",
                        "calibrationErrorPercent"),
                console.fields());
        JsonNode json = console.json();
        assertEquals("strokes", json.get("dataset").asString());
        assertEquals(1000, json.get("total").asInt());
        assertEquals(1, json.get("rollouts").asInt());
        assertEquals(
                resumed.json().get("validationErrorPercent").asDouble(),
                json.get("errorPercent").asDouble());
        assertEquals(json.get("errors").asInt() / 10.0, json.get("errorPercent").asDouble(), 1e-9);
    }

    @Test
    void evaluateUsesTheTestImagesUnlessToldOtherwise() {
        Console test =
                Console.run("evaluate", "--checkpoint", run.resolve("best.ram").toString());

        assertEquals(0, test.exit(), test.toString());
        assertTrue(test.out().get(0).startsWith("strokes, test images: "), test.toString());
        assertTrue(test.out().get(0).contains(" errors of 1000 = "), test.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--dataset strokes", "--glimpses 2", "--learning-rate 2e-3", "--threads 2", "--std 0.1"})
    void aResumedRunAcceptsAnOptionWithTheRunsOwnValue(String option) {
        String[] words = option.split(" ");

        Console console =
                Console.run("train", "--resume", "--out", run.toString(), "--epochs", "2", words[0], words[1]);

        assertEquals(0, console.exit(), console.toString());
        assertTrue(console.out().get(0).startsWith("2 epochs, "), console.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--dataset mnist", "--glimpses 3", "--learning-rate 0.001", "--threads 1", "--std 0.2"})
    void aResumedRunRefusesAnOptionWithAnotherValue(String option) {
        String[] words = option.split(" ");

        Console console =
                Console.run("train", "--resume", "--out", run.toString(), "--epochs", "2", words[0], words[1]);

        assertEquals(
                new Console(
                        2,
                        List.of(),
                        List.of("error: " + words[0]
                                + " cannot be changed in a resumed run; start a new one; see ram-training train"
                                + " --help")),
                console);
    }

    @Test
    void theManifestNamesTheCommand() {
        var manifest = Checkpoint.load(run.resolve("best.ram")).manifest();

        assertEquals("ram-strokes", manifest.name());
        assertEquals(
                "train --dataset strokes --epochs 1 --glimpses 2 --batch-size 90 --learning-rate 0.002"
                        + " --milestones 9 --threads 2",
                manifest.provenance().command());
        assertEquals(2, ((RamSpec) manifest.model()).network().steps());
    }

    @Test
    void theCoreIsTheOneAskedFor() {
        Path lstm = directory.resolve("lstm");

        Console console = Console.run(
                "train",
                "--dataset",
                "strokes",
                "--out",
                lstm.toString(),
                "--core",
                "lstm",
                "--glimpses",
                "2",
                "--epochs",
                "1");

        assertEquals(0, console.exit(), console.toString());
        assertEquals(
                RamConfig.Core.LSTM,
                ((RamSpec) Checkpoint.load(lstm.resolve("best.ram")).model())
                        .network()
                        .core());
    }
}
