package io.github.ram.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.Parameters;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.checkpoint.CheckpointException;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.training.TrainingException;
import io.github.ram.training.loop.SmallModel;
import io.github.ram.training.loop.TrainingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that starts from the weights of a checkpoint. */
class FirstWeightsTest {

    private static final TrainingConfig RANDOM = SmallRun.config(SmallRun.CHOSEN, 1);

    @TempDir
    private Path folder;

    @Test
    void startsFromTheWeightsOfTheCheckpoint() {
        SmallRun.train(folder.resolve("first"), RANDOM, 1);
        Path best = folder.resolve("first/best.ram");

        try (TrainingRun run = SmallRun.open(folder.resolve("second"), from(best.toString(), RANDOM), 1)) {
            assertEquals(
                    Checkpoint.load(best).parameters().arrays(),
                    run.parameters().arrays());
        }
        try (TrainingRun run = SmallRun.open(folder.resolve("third"), RANDOM, 1)) {
            assertNotEquals(
                    Checkpoint.load(best).parameters().arrays(),
                    run.parameters().arrays());
        }
    }

    @Test
    void resumesWithoutTheCheckpoint() throws IOException {
        SmallRun.train(folder.resolve("first"), RANDOM, 1);
        Path best = folder.resolve("first/best.ram");
        Path second = folder.resolve("second");
        SmallRun.train(second, from(best.toString(), RANDOM), 1);
        Parameters stopped = parameters(second);
        Files.delete(best);

        assertEquals(stopped.arrays(), parameters(second).arrays());
        assertEquals(2, SmallRun.train(second, RANDOM, 2).epochs());
    }

    @Test
    void rejectsWeightsOfAnotherShape() {
        SmallRun.train(folder.resolve("first"), RANDOM, 1);
        String best = folder.resolve("first/best.ram").toString();
        TrainingConfig other = SmallRun.config(SmallRun.network(RamConfig.Core.LSTM, 3, 0.15), SmallRun.CHOSEN, 16, 1);

        TrainingException thrown = assertThrows(
                TrainingException.class, () -> SmallRun.train(folder.resolve("second"), from(best, other), 1));
        String message = thrown.getMessage();
        assertTrue(message.startsWith("the weights of " + best + " do not fit the model: weights "), message);
        assertTrue(message.endsWith("; choose the options that the checkpoint was trained with"), message);
        assertFalse(Files.exists(folder.resolve("second/last.ram")));
    }

    @Test
    void rejectsAModelOfAnotherFamily() {
        String pictures = SmallModel.ofPictures(folder);

        TrainingException thrown = assertThrows(
                TrainingException.class, () -> SmallRun.train(folder.resolve("second"), from(pictures, RANDOM), 1));
        assertEquals(
                pictures
                        + " is a model of the family resnet, and --model chooses ram: choose a model of the same family",
                thrown.getMessage());
    }

    @Test
    void rejectsAMissingCheckpoint() {
        String missing = folder.resolve("missing.ram").toString();

        CheckpointException thrown = assertThrows(
                CheckpointException.class, () -> SmallRun.train(folder.resolve("second"), from(missing, RANDOM), 1));
        assertTrue(thrown.getMessage().contains(missing), thrown.getMessage());
        assertFalse(Files.exists(folder.resolve("second/last.ram")));
    }

    private static Parameters parameters(Path run) {
        try (TrainingRun open = TrainingRun.resume(run, null, false, source -> null)) {
            return open.parameters();
        }
    }

    private static TrainingConfig from(String checkpoint, TrainingConfig config) {
        return new TrainingConfig(
                config.dataset(),
                config.model(),
                checkpoint,
                config.optimisation(),
                config.schedule(),
                config.augmentation(),
                config.seed());
    }
}
