package io.github.ram.model.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.ram.model.Prediction;
import io.github.ram.model.TestModels;
import io.github.ram.model.Weights;
import io.github.ram.model.engine.Classifier;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {

    private static final Provenance PROVENANCE = new Provenance("none", "train", 3, 1.5, null);

    @TempDir
    Path directory;

    @Test
    void aLoadedCheckpointPredictsTheSameBits() {
        Checkpoint saved = checkpoint();
        Path file = directory.resolve("model.ram");
        saved.save(file);

        Checkpoint loaded = Checkpoint.load(file);

        assertEquals(saved.manifest(), loaded.manifest());
        assertEquals(predict(saved), predict(loaded));
    }

    private static Prediction predict(Checkpoint checkpoint) {
        try (Classifier classifier = new Classifier(checkpoint.model(), checkpoint.engine())) {
            return classifier.predict(TestModels.pixels(TestModels.ODD, 7));
        }
    }

    private static Checkpoint checkpoint() {
        return Checkpoint.of("test", TestModels.spec(TestModels.ODD), Weights.initial(TestModels.ODD, 1), PROVENANCE);
    }
}
