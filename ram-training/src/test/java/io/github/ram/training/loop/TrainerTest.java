package io.github.ram.training.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.EngineChoice;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.checkpoint.Provenance;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.StartLocation;
import io.github.ram.model.ram.network.Location;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.training.TrainingException;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.run.Saved;
import io.github.ram.training.run.SmallRun;
import io.github.ram.training.run.TrainingRun;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"LEARNED, 1", "LEARNED, 2", "FIXED, 1", "FIXED, 3", "CHOSEN, 2"})
    void aResumedRunEndsLikeAnUnbrokenOne(StartLocation.Kind kind, int threads) throws IOException {
        TrainingConfig config = SmallRun.config(SmallRun.start(kind), threads);
        Path whole = directory.resolve("whole");
        Path broken = directory.resolve("broken");

        SmallRun.train(whole, config, 5);
        SmallRun.train(broken, config, 2);
        SmallRun.train(broken, config, 3);
        SmallRun.train(broken, config, 5);

        assertEquals(Saved.in(whole), Saved.in(broken));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 6, 7})
    void aRunThatIsStoppedAgainAndAgainWithinEpochsEndsLikeAnUnbrokenOne(int steps) throws IOException {
        TrainingConfig config = SmallRun.config(SmallRun.LEARNED, 2); // 90 images in batches of 16: 6 steps an epoch
        Path whole = directory.resolve("whole");
        Path broken = directory.resolve("broken");
        SmallRun.train(whole, config, 3);

        Trainer.Result result;
        int times = 0;
        do {
            AtomicInteger left = new AtomicInteger(steps);
            result = SmallRun.train(broken, config, 3, () -> left.getAndDecrement() <= 0);
            times++;
        } while (!result.isOver());

        assertEquals(Saved.in(whole), Saved.in(broken));
        assertTrue(times > 1, "stopped " + (times - 1) + " times");
    }

    @Test
    void aStoppedRunTellsHowFarItCame() {
        TrainingConfig config = SmallRun.config(SmallRun.FIXED, 1);
        AtomicInteger left = new AtomicInteger(4);

        Trainer.Result stopped = SmallRun.train(directory, config, 3, () -> left.getAndDecrement() <= 0);

        assertFalse(stopped.isOver());
        assertEquals(0, stopped.epochs());
        assertEquals(100, stopped.validationErrorPercent());
        try (TrainingRun run = SmallRun.open(directory, config, 3)) {
            assertEquals(4, run.partial().steps());
            assertEquals(64, run.partial().images());
        }
        Checkpoint last = Checkpoint.load(directory.resolve("last.ram"));
        assertEquals(0, last.manifest().provenance().epoch());
        assertNull(last.manifest().provenance().validationErrorPercent());
        assertFalse(Files.exists(directory.resolve("best.ram")));
    }

    @Test
    void aRunCanBeResumedFromBeforeItsFirstStep() throws IOException {
        TrainingConfig config = SmallRun.config(SmallRun.LEARNED, 1);
        SmallRun.train(directory.resolve("whole"), config, 2);
        Path broken = directory.resolve("broken");

        SmallRun.train(broken, config, 2, () -> true);
        SmallRun.train(broken, config, 2);

        assertEquals(Saved.in(directory.resolve("whole")), Saved.in(broken));
    }

    @Test
    void aBetterBestCheckpointIsNotOverwritten() throws IOException {
        TrainingConfig config = SmallRun.config(SmallRun.FIXED, 1);
        SmallRun.train(directory, config, 1);
        Checkpoint first = Checkpoint.load(directory.resolve("best.ram"));
        Checkpoint.of(
                        "better",
                        first.model(),
                        first.parameters(),
                        new Provenance("strokes", "another machine", 2, 0.0, null))
                .save(directory.resolve("best.ram"));
        byte[] better = Files.readAllBytes(directory.resolve("best.ram"));

        SmallRun.train(directory, config, 4);

        assertArrayEquals(better, Files.readAllBytes(directory.resolve("best.ram")));
    }

    @Test
    void everyEpochDrawsImagesAnewAlsoAfterAResumption() {
        List<Long> whole = seeds("whole", SmallRun.config(SmallRun.FIXED, 1), 3);
        List<Long> broken = new ArrayList<>(seeds("broken", SmallRun.config(SmallRun.FIXED, 1), 1));
        broken.addAll(seeds("broken", SmallRun.config(SmallRun.FIXED, 1), 3));

        assertEquals(3, whole.stream().distinct().count());
        assertEquals(whole, broken);
    }

    /** The seeds from which the images of each epoch were to be drawn. */
    private List<Long> seeds(String name, TrainingConfig config, int epochs) {
        List<Long> seeds = new ArrayList<>();
        Dataset drawn = (Dataset) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Dataset.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("redrawn")) {
                        seeds.add((Long) arguments[0]);
                        return SmallRun.TRAINING;
                    }
                    return method.invoke(SmallRun.TRAINING, arguments);
                });
        Path folder = directory.resolve(name);
        try (TrainingRun run = SmallRun.open(folder, config, epochs)) {
            new Trainer(run, drawn, SmallRun.VALIDATION, report -> {}, () -> false).train();
        }
        return seeds;
    }

    @ParameterizedTest
    @EnumSource
    void trainingLearnsWhereTheBarIs(RamConfig.Core core) {
        TrainingConfig config = SmallRun.config(SmallRun.network(core, 3, 0.15), SmallRun.LEARNED, 16, 2);

        Trainer.Result result = SmallRun.train(directory, config, 25);

        assertEquals(25, result.epochs());
        assertEquals(directory.resolve("best.ram"), result.checkpoint());
        assertTrue(result.validationErrorPercent() < 50, "three classes, so chance is 67 %: " + result);
    }

    @Test
    void theBestCheckpointHasTheErrorThatItsProvenanceNames() {
        Trainer.Result result = SmallRun.train(directory, SmallRun.config(SmallRun.LEARNED, 2), 6);

        Checkpoint best = Checkpoint.load(directory.resolve("best.ram"));
        assertEquals(
                result.validationErrorPercent(), best.manifest().provenance().validationErrorPercent());
        try (var classifier = best.classifier(EngineChoice.AUTO, Evaluator.BATCH)) {
            Evaluator.Result again = new Evaluator(best.model(), 1, 3).evaluate(classifier, SmallRun.VALIDATION);
            assertEquals(result.validationErrorPercent(), again.errorPercent());
        }
    }

    @Test
    void aLearnedStartMovesFromTheMiddleAndAFixedOneStays() {
        SmallRun.train(directory.resolve("learned"), SmallRun.config(SmallRun.LEARNED, 1), 3);
        SmallRun.train(directory.resolve("fixed"), SmallRun.config(SmallRun.FIXED, 1), 3);

        StartLocation learned =
                ram(Checkpoint.load(directory.resolve("learned/last.ram"))).start();
        assertEquals(StartLocation.Kind.LEARNED, learned.kind());
        assertTrue(Math.hypot(learned.location().x(), learned.location().y()) > 1e-3, learned.toString());
        assertEquals(
                SmallRun.FIXED,
                ram(Checkpoint.load(directory.resolve("fixed/last.ram"))).start());
    }

    @Test
    void aChosenStartIsTheOneOfTheGridThatTheValidationImagesLikeBest() {
        SmallRun.train(directory, SmallRun.config(SmallRun.CHOSEN, 2), 3);

        Checkpoint last = Checkpoint.load(directory.resolve("last.ram"));
        Location chosen = ram(last).start().location();
        assertEquals(StartLocation.Kind.CHOSEN, ram(last).start().kind());
        double best = crossEntropy(last, chosen);
        for (float x : new float[] {-0.8f, -0.4f, 0, 0.4f, 0.8f}) {
            for (float y : new float[] {-0.8f, -0.4f, 0, 0.4f, 0.8f}) {
                assertTrue(best <= crossEntropy(last, new Location(x, y)), x + ", " + y);
            }
        }
    }

    private static double crossEntropy(Checkpoint checkpoint, Location start) {
        RamSpec model = ram(checkpoint).startingAt(start);
        try (var classifier = model.classifier(EngineChoice.AUTO, checkpoint, Evaluator.BATCH)) {
            return new Evaluator(model, 1, 2)
                    .evaluate(classifier, SmallRun.VALIDATION)
                    .crossEntropy();
        }
    }

    private static RamSpec ram(Checkpoint checkpoint) {
        return (RamSpec) checkpoint.model();
    }

    @Test
    void oneGlimpseIsEnough() {
        for (StartLocation start : List.of(SmallRun.LEARNED, SmallRun.FIXED)) {
            Path folder = directory.resolve(start.kind().name());
            TrainingConfig config = SmallRun.config(SmallRun.network(1, 0.1), start, 16, 2);

            assertEquals(2, SmallRun.train(folder, config, 2).epochs());
        }
    }

    @Test
    void aRunThatIsOverChangesNothing() throws IOException {
        TrainingConfig config = SmallRun.config(SmallRun.FIXED, 1);
        SmallRun.train(directory, config, 2);
        byte[] last = Files.readAllBytes(directory.resolve("last.ram"));

        Trainer.Result result = SmallRun.train(directory, config, 1);

        assertEquals(2, result.epochs());
        assertEquals(0, result.imagesPerSecond());
        assertArrayEquals(last, Files.readAllBytes(directory.resolve("last.ram")));
    }

    @Test
    void metricsThatAreAheadOfTheLastCheckpointAreWrittenAgain() throws IOException {
        TrainingConfig config = SmallRun.config(SmallRun.FIXED, 1);
        Path whole = directory.resolve("whole");
        Path broken = directory.resolve("broken");
        SmallRun.train(whole, config, 3);
        SmallRun.train(broken, config, 2);
        Files.writeString(
                broken.resolve("metrics.csv"),
                Files.readString(broken.resolve("metrics.csv")) + "3,0.5,9,9,9,9,9,9,9\n");

        SmallRun.train(broken, config, 3);

        assertEquals(Saved.in(whole), Saved.in(broken));
    }

    @Test
    void aLossThatIsNoNumberStopsTrainingAndKeepsWhatWasThereBefore() {
        // So narrow a policy that its density is no number.
        TrainingConfig config = SmallRun.config(SmallRun.network(3, 1e-200), SmallRun.FIXED, 16, 2);

        var refusal = assertThrows(TrainingException.class, () -> SmallRun.train(directory, config, 1));

        assertEquals(
                "training diverged: policyLoss is NaN in epoch 1, step 1;"
                        + " start again with a smaller --learning-rate",
                refusal.getMessage());
        assertFalse(Files.exists(directory.resolve("best.ram")));
        Checkpoint last = Checkpoint.load(directory.resolve("last.ram"));
        assertEquals(0, last.manifest().provenance().epoch());
        last.parameters()
                .arrays()
                .forEach((name, array) ->
                        assertTrue(Double.isFinite(array.norm1Number().doubleValue()), name));
    }

    @Test
    void anEpochThatCannotBeSavedLeavesTheOneBeforeIt() throws IOException {
        TrainingConfig config = SmallRun.config(SmallRun.FIXED, 1);
        SmallRun.train(directory, config, 1);
        byte[] last = Files.readAllBytes(directory.resolve("last.ram"));
        Files.delete(directory.resolve("metrics.csv"));
        Files.createDirectories(directory.resolve("metrics.csv/in the way"));

        var refusal = assertThrows(TrainingException.class, () -> SmallRun.train(directory, config, 2));

        assertTrue(refusal.getMessage().startsWith("the run could not be saved: "), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("metrics.csv"), refusal.getMessage());
        assertTrue(refusal.getMessage().endsWith("resume with --resume"), refusal.getMessage());
        assertArrayEquals(last, Files.readAllBytes(directory.resolve("last.ram")));
        assertFalse(Files.exists(directory.resolve("metrics.csv.tmp")));
    }
}
