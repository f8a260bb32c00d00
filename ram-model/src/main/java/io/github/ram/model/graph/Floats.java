package io.github.ram.model.graph;

import java.nio.FloatBuffer;
import java.util.function.Consumer;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Moves floats between Java arrays and ND4J's, without a copy in between, on any backend. */
public final class Floats {

    private Floats() {}

    /**
     * Fills an array.
     *
     * @param array float32, row-major and contiguous
     * @param filler gets its memory from the first element on
     */
    public static void write(INDArray array, Consumer<FloatBuffer> filler) {
        filler.accept(memory(array));
        // A GPU's copy of the array is now out of date. On a CPU there is but one.
        Nd4j.getAffinityManager().tagLocation(array, AffinityManager.Location.HOST);
    }

    /**
     * What an array holds, from its first element on.
     *
     * @param array float32, row-major and contiguous
     */
    public static FloatBuffer read(INDArray array) {
        Nd4j.getExecutioner().commit();
        return memory(array);
    }

    private static FloatBuffer memory(INDArray array) {
        return array.data().asNioFloat().slice(); // ND4J only moves the position to where a view begins
    }
}
