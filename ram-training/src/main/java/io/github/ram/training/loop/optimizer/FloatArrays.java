package io.github.ram.training.loop.optimizer;

import io.github.ram.model.Parameters;
import io.github.ram.training.TrainingException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Arrays of float32 as bytes, row-major and little-endian, one array after the other. */
public final class FloatArrays {

    private FloatArrays() {}

    /** The bytes of some arrays. */
    public static byte[] bytes(Collection<INDArray> arrays) {
        long length = arrays.stream().mapToLong(INDArray::length).sum();
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.toIntExact(Float.BYTES * length)).order(ByteOrder.LITTLE_ENDIAN);
        write(arrays, bytes);
        return bytes.array();
    }

    /** Appends arrays. */
    static void write(Collection<INDArray> arrays, ByteBuffer target) {
        for (INDArray array : arrays) {
            for (float value : array.dup('c').data().asFloat()) {
                target.putFloat(value);
            }
        }
    }

    /** Fills arrays. */
    static void read(ByteBuffer source, Collection<INDArray> arrays) {
        for (INDArray array : arrays) {
            float[] values = new float[(int) array.length()];
            for (int i = 0; i < values.length; i++) {
                values[i] = source.getFloat();
            }
            array.assign(Nd4j.createFromArray(values).reshape(array.shape()));
        }
    }

    /**
     * Fills parameters from the bytes of their arrays.
     *
     * @throws TrainingException if there are too many or too few bytes
     */
    public static void read(byte[] bytes, Parameters parameters) {
        long count = parameters.trainable() + parameters.statistics();
        if (bytes.length != Float.BYTES * count) {
            throw new TrainingException(String.format(
                    Locale.ROOT, "the weights of the run have %d bytes, this model needs %d", bytes.length, 4 * count));
        }
        read(
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN),
                parameters.arrays().values());
    }
}
