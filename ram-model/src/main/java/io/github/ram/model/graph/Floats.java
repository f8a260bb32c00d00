package io.github.ram.model.graph;

import java.nio.FloatBuffer;
import java.util.function.Consumer;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Moves floats between Java arrays and ND4J arrays, without an intermediate copy, on any backend. */
public final class Floats {

    private Floats() {}

    /**
     * Fills an array.
     *
     * @param array float32, row-major and contiguous
     * @param filler receives the array's memory from the first element
     */
    public static void write(INDArray array, Consumer<FloatBuffer> filler) {
        filler.accept(memory(array));
        // Marks a GPU's copy of the array as outdated. On a CPU the host memory is the only copy.
        Nd4j.getAffinityManager().tagLocation(array, AffinityManager.Location.HOST);
    }

    /**
     * Returns the memory of an array from its first element.
     *
     * @param array float32, row-major and contiguous
     */
    public static FloatBuffer read(INDArray array) {
        Nd4j.getExecutioner().commit();
        return memory(array);
    }

    private static FloatBuffer memory(INDArray array) {
        return array.data().asNioFloat().slice(); // ND4J sets the position to the start of a view
    }
}
