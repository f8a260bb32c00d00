package io.github.ram.model.ram;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's arrays in tests. */
public final class TestArrays {

    private TestArrays() {}

    /** Values from [-1, 1). */
    public static INDArray uniform(SplittableRandom random, long... shape) {
        INDArray array = Nd4j.create(DataType.FLOAT, shape);
        for (long i = 0; i < array.length(); i++) {
            array.putScalar(i, random.nextDouble(-1, 1));
        }
        return array;
    }

    /** The same shape and the same bits: INDArray's own equals() lets differences of 1e-5 pass. */
    public static void assertBits(INDArray expected, INDArray actual, String message) {
        assertArrayEquals(expected.shape(), actual.shape(), message);
        assertArrayEquals(values(expected), values(actual), message);
    }

    /** The same shape, and values that differ by rounding alone. */
    public static void assertClose(INDArray expected, INDArray actual, String message) {
        assertArrayEquals(expected.shape(), actual.shape(), message);
        float largest = expected.amaxNumber().floatValue();
        assertArrayEquals(values(expected), values(actual), 1e-5f * Math.max(1, largest), message);
    }

    /** The values in row-major order. */
    public static float[] values(INDArray array) {
        return array.dup('c').reshape(-1).toFloatVector();
    }
}
