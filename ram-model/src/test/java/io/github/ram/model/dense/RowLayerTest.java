package io.github.ram.model.dense;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layers of this process's kernels, by the Vector API where the tests run with its module, and of plain Java. */
class RowLayerTest {

    private static final int ROWS = 15; // 8, 4, 2 and 1

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 128", "7, 2", "64, 10", "192, 33", "256, 256", "5, 1024"})
    void everyOutputIsTheSumOfProductsAndBias(int in, int out) {
        Dense dense = layer(in, out);
        float[][] x = rows(in);
        for (RowLayer layer : new RowLayer[] {RowKernels.layer(dense, false), new PlainRows(dense, false)}) {
            float[][] y = applied(layer, x, ROWS, out);
            for (int i = 0; i < ROWS; i++) {
                for (int j = 0; j < out; j++) {
                    double sum = dense.bias()[j];
                    for (int k = 0; k < in; k++) {
                        sum += (double) x[i][k] * dense.weights()[k][j];
                    }
                    assertEquals(sum, y[i][j], 1e-4, "row " + i + ", output " + j);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 128", "64, 10", "192, 33", "256, 256"})
    void aRowHasTheSameBitsAloneAndAmongOthers(int in, int out) {
        Dense dense = layer(in, out);
        float[][] x = rows(in);
        for (RowLayer layer : new RowLayer[] {RowKernels.layer(dense, false), new PlainRows(dense, false)}) {
            for (int n = 1; n <= ROWS; n++) {
                float[][] together = applied(layer, x, n, out);
                for (int i = 0; i < n; i++) {
                    float[][] alone = applied(layer, new float[][] {x[i]}, 1, out);
                    assertArrayEquals(Arrays.copyOf(alone[0], out), Arrays.copyOf(together[i], out));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 128", "64, 10", "192, 33", "256, 256"})
    void theVectorApiAndPlainJavaGiveTheSameBits(int in, int out) {
        Dense dense = layer(in, out);
        float[][] chosen = applied(RowKernels.layer(dense, false), rows(in), ROWS, out);
        float[][] plain = applied(new PlainRows(dense, false), rows(in), ROWS, out);
        for (int i = 0; i < ROWS; i++) {
            assertArrayEquals(Arrays.copyOf(plain[i], out), Arrays.copyOf(chosen[i], out));
        }
    }

    @Test
    void aReluReplacesWhatIsBelowZeroOnly() {
        Dense dense = layer(9, 20);
        float[][] x = rows(9);
        x[2][3] = Float.NaN;
        for (int n : new int[] {1, 3, ROWS}) {
            float[][] y = applied(RowKernels.layer(dense, false), x, n, 20);
            float[][] relu = applied(RowKernels.layer(dense, true), x, n, 20);
            float[][] plain = applied(new PlainRows(dense, true), x, n, 20);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < 20; j++) {
                    assertEquals(Math.max(0, y[i][j]), relu[i][j]);
                    assertEquals(Math.max(0, y[i][j]), plain[i][j]);
                }
            }
        }
    }

    @Test
    void rowsOfZerosGiveTheBias() {
        Dense dense = layer(9, 20);
        float[][] y = applied(RowKernels.layer(dense, false), new float[3][9], 3, 20);
        for (float[] row : y) {
            assertArrayEquals(dense.bias(), Arrays.copyOf(row, 20));
        }
    }

    @Test
    void aValueThatIsNotANumberReachesEveryOutputOfItsRowAlone() {
        float[][] x = rows(9);
        x[1][4] = Float.NaN;
        float[][] y = applied(RowKernels.layer(layer(9, 3), false), x, 4, 3);
        assertTrue(Float.isNaN(y[1][0]) && Float.isNaN(y[1][1]) && Float.isNaN(y[1][2]));
        assertTrue(Stream.of(y[0], y[2], y[3]).noneMatch(row -> Float.isNaN(row[0])));
    }

    @Test
    void aGroupKeepsWhatAnyOfItsRowsHas() {
        RowGroup group = new RowGroup(RowGroup.ROWS, 4);
        group.load(new float[][] {{0, 2, 0, -0f}, {3, 0, 0, 0}}, 0, 2, 4);
        assertEquals(2, group.size());
        assertArrayEquals(new int[] {0, 1}, Arrays.copyOf(group.index(), 2));
        assertArrayEquals(new float[] {0, 3, 2, 0}, Arrays.copyOf(group.values(), 4));
    }

    @Test
    void aGroupOfFourRowsKeepsWhatAnyOfItsRowsHas() {
        RowGroup group = new RowGroup(RowGroup.ROWS, 5);
        group.load(
                new float[][] {{0, 0, -2, 0, 0}, {0, -0f, 2, 0, 0}, {0, 0, 0, Float.NaN, 0}, {0, 0, 0, 0, -0f}},
                0,
                4,
                5);
        assertArrayEquals(new int[] {2, 3}, Arrays.copyOf(group.index(), group.size()));
        assertArrayEquals(new float[] {-2, 2, 0, 0, 0, 0, Float.NaN, 0}, Arrays.copyOf(group.values(), 8));
    }

    @Test
    void aGroupOfEightRowsHasTheElementsSideBySide() {
        RowGroup group = new RowGroup(RowGroup.ROWS, 2);
        group.load(new float[][] {{9, 9}, {0, 1}, {0, 2}, {0, 3}, {0, 4}, {0, 5}, {0, 6}, {0, 7}, {0, 8}}, 1, 8, 2);
        assertArrayEquals(new int[] {1}, Arrays.copyOf(group.index(), group.size()));
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, Arrays.copyOf(group.values(), 8));
    }

    private static float[][] applied(RowLayer layer, float[][] x, int n, int out) {
        float[][] y = new float[n][RowKernels.padded(out)];
        RowGroup[] groups = new RowGroup[n];
        Arrays.setAll(groups, i -> new RowGroup(RowGroup.ROWS, x[0].length));
        layer.apply(x, n, y, groups);
        return y;
    }

    private static Dense layer(int in, int out) {
        SplittableRandom random = new SplittableRandom(in * 1000L + out);
        float[][] weights = new float[in][out];
        for (float[] row : weights) {
            fill(row, random);
        }
        float[] bias = new float[out];
        fill(bias, random);
        return new Dense(weights, bias);
    }

    /** Rows with zeros in about half of the places, as a relu leaves them. */
    private static float[][] rows(int in) {
        SplittableRandom random = new SplittableRandom(1);
        float[][] rows = new float[ROWS][in];
        for (float[] row : rows) {
            fill(row, random);
            for (int i = 0; i < in; i++) {
                row[i] = Math.max(0, row[i]);
            }
        }
        return rows;
    }

    private static void fill(float[] values, SplittableRandom random) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
    }
}
