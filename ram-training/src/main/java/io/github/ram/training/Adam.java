package io.github.ram.training;

import io.github.ram.model.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Adam (Kingma and Ba, 2015) with β₁ = 0.9 and β₂ = 0.999, on weights that it changes in place: in step t,
 * from 1, they change by −α·√(1 − β₂ᵗ)/(1 − β₁ᵗ)·m/(√v + ε̂). That is the form at the end of the paper's
 * section 2, with ε̂ = 1e-8 added to √v before its bias is taken out.
 */
final class Adam {

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final Weights weights;
    private final Map<String, INDArray> first = new LinkedHashMap<>();
    private final Map<String, INDArray> second = new LinkedHashMap<>();
    private int steps;

    Adam(Weights weights) {
        this.weights = weights;
        weights.arrays().forEach((name, array) -> {
            first.put(name, Nd4j.zeros(DataType.FLOAT, array.shape()));
            second.put(name, Nd4j.zeros(DataType.FLOAT, array.shape()));
        });
    }

    /**
     * One step.
     *
     * @param gradients one for every array of the weights, by name; overwritten
     * @param learningRate of an array, by its name
     */
    void step(Map<String, INDArray> gradients, ToDoubleFunction<String> learningRate) {
        weights.arrays().forEach((name, array) -> {
            INDArray update = gradients.get(name);
            double rate = learningRate.applyAsDouble(name);
            Nd4j.exec(new AdamUpdater(update, second.get(name), first.get(name), rate, BETA1, BETA2, EPSILON, steps));
            array.subi(update);
        });
        steps++;
    }

    /** Steps taken so far. */
    int steps() {
        return steps;
    }

    /** Its state: the number of steps, then both moments of every array, little-endian. */
    byte[] state() {
        ByteBuffer bytes =
                ByteBuffer.allocate(size()).order(ByteOrder.LITTLE_ENDIAN).putInt(steps);
        FloatArrays.write(first.values(), bytes);
        FloatArrays.write(second.values(), bytes);
        return bytes.array();
    }

    /**
     * Goes on from a state.
     *
     * @throws TrainingException if it is not a state for these weights
     */
    void restore(byte[] state) {
        if (state.length != size()) {
            throw new TrainingException(
                    "the optimizer's state has %d bytes, this model needs %d".formatted(state.length, size()));
        }
        ByteBuffer bytes = ByteBuffer.wrap(state).order(ByteOrder.LITTLE_ENDIAN);
        steps = bytes.getInt();
        FloatArrays.read(bytes, first.values());
        FloatArrays.read(bytes, second.values());
    }

    private int size() {
        return Math.toIntExact(Integer.BYTES + 2 * Float.BYTES * weights.count());
    }
}
