package io.github.ram.training.loop;

import io.github.ram.model.graph.Floats;
import io.github.ram.model.ram.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Adam (Kingma and Ba, 2015) with β₁ = 0.9 and β₂ = 0.999, on weights that it changes in place: in step t,
 * from 1, they change by −α·√(1 − β₂ᵗ)/(1 − β₁ᵗ)·m/(√v + ε̂). That is the form at the end of the paper's
 * section 2, with ε̂ = 1e-8 added to √v before its bias is taken out.
 */
public final class Adam {

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final float EPSILON = 1e-8f;

    private final Weights weights;
    private final Map<String, float[]> first = new LinkedHashMap<>();
    private final Map<String, float[]> second = new LinkedHashMap<>();
    private final Map<String, float[]> values = new LinkedHashMap<>(); // room for the weights
    private int steps;

    Adam(Weights weights) {
        this.weights = weights;
        weights.arrays().forEach((name, array) -> {
            first.put(name, new float[(int) array.length()]);
            second.put(name, new float[(int) array.length()]);
            values.put(name, new float[(int) array.length()]);
        });
    }

    /**
     * One step.
     *
     * @param gradients one for every array of the weights, by name, row-major
     * @param learningRate of an array, by its name
     */
    void step(Map<String, float[]> gradients, ToDoubleFunction<String> learningRate) {
        steps++;
        double bias = Math.sqrt(1 - Math.pow(BETA2, steps)) / (1 - Math.pow(BETA1, steps));
        weights.arrays().forEach((name, array) -> {
            float[] w = values.get(name);
            Floats.read(array).get(w);
            float rate = (float) (learningRate.applyAsDouble(name) * bias);
            update(w, gradients.get(name), first.get(name), second.get(name), rate);
            Floats.write(array, buffer -> buffer.put(w));
        });
    }

    /** A loop of the plain form that the compiler turns into vector instructions. */
    private static void update(float[] w, float[] g, float[] m, float[] v, float rate) {
        float b1 = (float) BETA1;
        float b2 = (float) BETA2;
        float c1 = (float) (1 - BETA1);
        float c2 = (float) (1 - BETA2);
        for (int i = 0; i < w.length; i++) {
            m[i] = b1 * m[i] + c1 * g[i];
            v[i] = b2 * v[i] + c2 * g[i] * g[i];
            w[i] -= rate * m[i] / ((float) Math.sqrt(v[i]) + EPSILON);
        }
    }

    /** Steps taken so far. */
    int steps() {
        return steps;
    }

    /** Its state: the number of steps, then both moments of every array, little-endian. */
    public byte[] state() {
        ByteBuffer bytes =
                ByteBuffer.allocate(size()).order(ByteOrder.LITTLE_ENDIAN).putInt(steps);
        write(first.values(), bytes);
        write(second.values(), bytes);
        return bytes.array();
    }

    private static void write(Collection<float[]> arrays, ByteBuffer target) {
        for (float[] array : arrays) {
            target.asFloatBuffer().put(array);
            target.position(target.position() + Float.BYTES * array.length);
        }
    }

    /**
     * Goes on from a state.
     *
     * @throws TrainingException if it is not a state for these weights
     */
    public void restore(byte[] state) {
        if (state.length != size()) {
            throw new TrainingException(
                    "the optimizer's state has %d bytes, this model needs %d".formatted(state.length, size()));
        }
        ByteBuffer bytes = ByteBuffer.wrap(state).order(ByteOrder.LITTLE_ENDIAN);
        steps = bytes.getInt();
        read(bytes, first.values());
        read(bytes, second.values());
    }

    private static void read(ByteBuffer source, Collection<float[]> arrays) {
        for (float[] array : arrays) {
            source.asFloatBuffer().get(array);
            source.position(source.position() + Float.BYTES * array.length);
        }
    }

    private int size() {
        return Math.toIntExact(Integer.BYTES + 2 * Float.BYTES * weights.count());
    }
}
