package io.github.ram.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ram.model.EngineChoice;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.engine.RolloutEngine;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.rollout.RolloutBatch;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.source.DataDirectory;
import io.github.ram.training.data.source.DataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The engines on the bundled model and real images: the same classes and the same locations.
 *
 * <p>They add in different orders, so locations differ in the last digits. A patch starts at a whole pixel. Where that
 * tiny difference lies on both sides of a pixel's edge, the engines see patches that are one pixel apart. Both answers
 * are right, and the rollouts differ from there. The tests demand that there is no other difference, and that this one
 * is rare.
 */
class EnginesAgreeTest {

    private static final float TOLERANCE = 1e-4f;

    /** How close to a pixel's edge, in pixels, rounding can move a location across it. */
    private static final double EDGE = 1e-3;

    private final Checkpoint model = Checkpoint.bundled();
    private final RamSpec spec = (RamSpec) model.model();
    private final RamConfig network = spec.network();

    @ParameterizedTest
    @CsvSource({"BLAS, 50", "BLAS, 100", "ONNXRUNTIME, 100"}) // BLAS takes 50 rollouts row by row, 100 as matrices
    void theyAgreeOnAllOfMnistsTestImages(EngineChoice engine, int batchSize) {
        Path directory = DataDirectory.resolve(
                DataSource.MNIST, null, System.getenv(), Path.of(System.getProperty("user.home")));
        assumeTrue(
                Files.isDirectory(directory),
                () -> "MNIST is not here: set %s to its folder to compare the engines on it"
                        .formatted(DataDirectory.VARIABLE));
        assertAgreement(engine, DataSource.MNIST.load(Split.TEST, directory), batchSize);
    }

    @ParameterizedTest
    @CsvSource({"BLAS, 50", "BLAS, 100", "ONNXRUNTIME, 100"})
    void theyAgreeOnDrawnDigits(EngineChoice engine, int batchSize) {
        assertAgreement(engine, DataSource.STROKES.load(Split.TEST, null), batchSize);
    }

    private void assertAgreement(EngineChoice engine, Dataset images, int batchSize) {
        RolloutBatch expected = RolloutBatch.of(network, batchSize);
        RolloutBatch actual = RolloutBatch.of(network, batchSize);
        List<String> atAnEdge = new ArrayList<>();
        try (RolloutEngine samediff = RolloutEngine.of(EngineChoice.SAMEDIFF, spec, model);
                RolloutEngine other = RolloutEngine.of(engine, spec, model)) {
            for (int from = 0; from < images.size(); from += batchSize) {
                run(samediff, expected, images, from);
                run(other, actual, images, from);
                for (int b = 0; b < expected.size(); b++) {
                    String image = "image " + (from + b);
                    if (sameLocations(expected, actual, b, image)) {
                        assertEquals(expected.argmax(b), actual.argmax(b), image);
                    } else {
                        atAnEdge.add(image);
                    }
                }
            }
        }
        assertTrue(atAnEdge.size() <= images.size() / 1000, "too many to be at a pixel's edge: " + atAnEdge);
    }

    private void run(RolloutEngine engine, RolloutBatch batch, Dataset images, int from) {
        float[] normalised = model.model().input().table();
        byte[] pixels = new byte[network.image().size()];
        batch.resize(Math.min(batch.capacity(), images.size() - from));
        for (int b = 0; b < batch.size(); b++) {
            images.copyPixels(from + b, pixels, 0);
            batch.image(b, pixels, 0, normalised);
        }
        batch.start(spec.start().location());
        engine.run(batch);
    }

    /** Whether all locations agree; if not, the last that does must be at a pixel's edge. */
    private boolean sameLocations(RolloutBatch expected, RolloutBatch actual, int b, String image) {
        for (int t = 0; t < network.steps(); t++) {
            float difference =
                    Math.max(Math.abs(expected.x(t, b) - actual.x(t, b)), Math.abs(expected.y(t, b) - actual.y(t, b)));
            if (difference > TOLERANCE) {
                assertTrue(t > 0, image + " starts elsewhere");
                boolean edge = isAtAnEdge(expected.x(t - 1, b), network.image().width())
                        || isAtAnEdge(expected.y(t - 1, b), network.image().height());
                assertTrue(edge, "%s, location %d: differs by %s".formatted(image, t + 1, difference));
                return false;
            }
        }
        return true;
    }

    private static boolean isAtAnEdge(float coordinate, int size) {
        double pixel = 0.5 * (coordinate + 1.0) * size;
        return Math.abs(pixel - Math.rint(pixel)) < EDGE;
    }
}
