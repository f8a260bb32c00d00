package io.github.ram.training.augmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.ImageShape;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeshTest {

    private static final ImageShape SHAPE = new ImageShape(28, 36, 1);

    @Test
    void aMeshAtRestMovesNothing() {
        Mesh mesh = new Mesh(SHAPE);
        mesh.row(13);

        assertEquals(0, mesh.right(17));
        assertEquals(0, mesh.down(17));
    }

    /** All knots moved alike move the whole image: the weights of each place sum to one. */
    @Test
    void knotsMovedAlikeMoveEverythingAlike() {
        RandomGenerator alike = () -> 0xC000_0000_0000_0000L; // three quarters
        Mesh mesh = new Mesh(SHAPE);
        mesh.draw(4, alike);
        for (int y = 0; y < 28; y++) {
            mesh.row(y);
            for (int x = 0; x < 36; x++) {
                assertEquals(2, mesh.right(x), 1e-5);
                assertEquals(2, mesh.down(x), 1e-5);
            }
        }
    }

    @Test
    void noPlaceIsMovedFurtherThanTheKnotsAndTheCurvesAreSmooth() {
        for (long seed = 0; seed < 50; seed++) {
            Mesh mesh = new Mesh(SHAPE);
            mesh.draw(3, new SplittableRandom(seed));
            mesh.row(7); // where two cells meet
            float[] right = floats(mesh);
            for (int x = 0; x < 36; x++) {
                assertTrue(Math.abs(right[x]) <= 3 && Math.abs(mesh.down(x)) <= 3);
            }
            // Third differences of a cubic are constant within a cell, nine columns: here they change.
            for (int x = 0; x + 4 < 9; x++) {
                assertEquals(third(right, x), third(right, x + 1), 2e-4);
            }
        }
    }

    private static float third(float[] values, int x) {
        return values[x + 3] - 3 * values[x + 2] + 3 * values[x + 1] - values[x];
    }

    private static float[] floats(Mesh mesh) {
        float[] values = new float[36];
        IntStream.range(0, 36).forEach(x -> values[x] = mesh.right(x));
        return values;
    }
}
