package io.github.ram.training.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.Classifier;
import io.github.ram.model.EngineChoice;
import io.github.ram.model.ModelWeights;
import io.github.ram.model.Parameters;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.ram.LocationSource;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.engine.RolloutEngine;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.network.Weights;
import io.github.ram.model.ram.rollout.RolloutBatch;
import io.github.ram.training.loop.Evaluator;
import io.github.ram.training.loop.RandomStream;
import io.github.ram.training.loop.TrainingConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomLocationsTest {

    private static final RamConfig NETWORK = SmallRun.network(3, 0.15);

    @TempDir
    Path directory;

    /** Rollouts of the first images, 200 of them if there are so many, greedy as asked. */
    private static RolloutBatch rolledOut(int count) {
        RolloutBatch batch = RolloutBatch.of(NETWORK, count);
        byte[] pixels = new byte[NETWORK.image().size()];
        RamSpec model = random(SmallRun.config(SmallRun.FIXED, 1));
        float[] table = model.input().table();
        var images = SmallRun.images(200, 3);
        for (int b = 0; b < count; b++) {
            images.copyPixels(b, pixels, 0);
            batch.image(b, pixels, 0, table);
        }
        try (RolloutEngine engine =
                RolloutEngine.of(EngineChoice.AUTO, model, ModelWeights.of(model, model.initial(1)))) {
            engine.run(batch);
        }
        return batch;
    }

    @Test
    void everyGlimpseIsAsLikelyHereAsThere() {
        RolloutBatch batch = rolledOut(200);
        for (int t = 0; t < 3; t++) {
            int[] quarters = new int[4];
            double least = 1;
            double most = -1;
            for (int b = 0; b < 200; b++) {
                quarters[(batch.x(t, b) < 0 ? 0 : 1) + (batch.y(t, b) < 0 ? 0 : 2)]++;
                least = Math.min(least, batch.x(t, b));
                most = Math.max(most, batch.x(t, b));
            }
            for (int count : quarters) {
                assertTrue(count >= 30 && count <= 70, "of 200 in quarters: " + Arrays.toString(quarters));
            }
            assertTrue(least < -0.9 && most > 0.9, least + " to " + most);
        }
    }

    @Test
    void whereAnImageIsLookedAtDoesNotDependOnItsCompany() {
        RolloutBatch few = rolledOut(5);
        RolloutBatch many = rolledOut(50);
        for (int t = 0; t < 3; t++) {
            for (int b = 0; b < 5; b++) {
                assertEquals(many.x(t, b), few.x(t, b), 1e-6);
                assertEquals(many.y(t, b), few.y(t, b), 1e-6);
            }
        }
    }

    @Test
    void anEvaluationGivesTheSameCountTwiceAndWithAnyThreads() {
        RamSpec model = random(SmallRun.config(SmallRun.FIXED, 1));
        ModelWeights weights = ModelWeights.of(model, model.initial(4));
        try (Classifier engine = model.classifier(EngineChoice.AUTO, weights, 32)) {
            int errors = new Evaluator(model, 3, 1)
                    .evaluate(engine, SmallRun.VALIDATION)
                    .errors();
            assertEquals(
                    errors,
                    new Evaluator(model, 3, 2)
                            .evaluate(engine, SmallRun.VALIDATION)
                            .errors());
        }
    }

    @Test
    void trainingLeavesTheBlindPolicyAsItIsAndTrainsAllElse() throws IOException {
        TrainingConfig learned = SmallRun.config(SmallRun.LEARNED, 2);
        TrainingConfig config = new TrainingConfig(
                learned.dataset(),
                random(learned),
                learned.from(),
                learned.optimisation(),
                learned.schedule(),
                learned.augmentation(),
                learned.seed());
        SmallRun.train(directory.resolve("whole"), config, 3);
        SmallRun.train(directory.resolve("broken"), config, 1);
        SmallRun.train(directory.resolve("broken"), config, 3);

        Parameters trained =
                Checkpoint.load(directory.resolve("whole/last.ram")).parameters();
        Weights initial =
                Weights.initial(NETWORK, RandomStream.WEIGHTS.at(config.seed()).nextLong());
        trained.arrays().forEach((name, array) -> {
            float[] values = array.dup('c').data().asFloat();
            if (Weights.policy(NETWORK).contains(name)) {
                assertArrayEquals(new float[values.length], values, name);
            } else {
                assertFalse(
                        Arrays.equals(initial.arrays().get(name).dup('c').data().asFloat(), values), name);
            }
        });
        assertEquals(Saved.in(directory.resolve("whole")), Saved.in(directory.resolve("broken")));
    }

    private static RamSpec random(TrainingConfig config) {
        return ((RamSpec) config.model()).lookingBy(LocationSource.RANDOM);
    }
}
