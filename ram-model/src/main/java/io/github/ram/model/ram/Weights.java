package io.github.ram.model.ram;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The weights of a model: for every {@link Layer} its weights [in, out] and its bias [1, out], float32.
 *
 * <p>The arrays are shared, not copied, with every graph that they are put into: an optimizer that
 * changes them in place changes all those graphs.
 */
public final class Weights {

    private final RamConfig config;
    private final Map<String, INDArray> arrays;

    private Weights(RamConfig config, Map<String, INDArray> arrays) {
        this.config = config;
        this.arrays = Collections.unmodifiableMap(arrays);
    }

    /** The layers of a model, in the order of the forward pass. */
    public static List<Layer> layers(RamConfig config) {
        return Networks.of(config).layers();
    }

    /** The names of the location network's arrays, which REINFORCE alone trains. */
    public static Set<String> policy(RamConfig config) {
        LocationNetwork location = LocationNetwork.of(config);
        return Set.of(
                location.fc().weight(),
                location.fc().bias(),
                location.mean().weight(),
                location.mean().bias());
    }

    /**
     * Fresh weights: uniform in (−1/√in, 1/√in); biases zero, but for that of an LSTM's forget gate, which is 1.
     * Where two layers are added, {@code in} is the inputs of both: they are one layer of the joined inputs. That is narrower than what keeps the
     * size of activations through relus (He et al., 2015), and it is meant to be: a policy that begins with large
     * activations begins with its tanh saturated, looks at the corners of the image and has no gradient to leave
     * them by.
     *
     * @param seed the same seed gives the same weights on every machine
     */
    public static Weights initial(RamConfig config, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        Networks networks = Networks.of(config);
        for (Layer layer : networks.layers()) {
            double bound = networks.initialBound(layer);
            float[] values = new float[layer.in() * layer.out()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(-bound, bound);
            }
            arrays.put(layer.weight(), own(Nd4j.createFromArray(values), layer.in(), layer.out()));
            arrays.put(layer.bias(), own(Nd4j.createFromArray(networks.initialBias(layer)), 1, layer.out()));
        }
        return new Weights(config, arrays);
    }

    /**
     * Given weights.
     *
     * @param arrays by name; weights [in, out], biases [out] or [1, out]; copied
     * @throws IllegalArgumentException if one is missing, unknown or of another shape
     */
    public static Weights of(RamConfig config, Map<String, INDArray> arrays) {
        Map<String, INDArray> checked = new LinkedHashMap<>();
        for (Layer layer : layers(config)) {
            checked.put(layer.weight(), checked(arrays, layer.weight(), layer.in(), layer.out()));
            checked.put(layer.bias(), checked(arrays, layer.bias(), 1, layer.out()));
        }
        List<String> unknown = arrays.keySet().stream()
                .filter(name -> !checked.containsKey(name))
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("unknown weights " + unknown + "; the model has " + checked.keySet());
        }
        return new Weights(config, checked);
    }

    /**
     * The weights of a graph, shared with it.
     *
     * @throws IllegalArgumentException if one is missing or of another shape
     */
    public static Weights of(RamConfig config, SameDiff graph) {
        Map<String, INDArray> found = new LinkedHashMap<>();
        for (Layer layer : layers(config)) {
            for (String name : List.of(layer.weight(), layer.bias())) {
                SDVariable variable = graph.getVariable(name);
                INDArray array = variable == null ? null : variable.getArr();
                long[] shape = {name.equals(layer.weight()) ? layer.in() : 1, layer.out()};
                if (array == null || !Arrays.equals(shape, array.shape()) || array.dataType() != DataType.FLOAT) {
                    throw new IllegalArgumentException("the graph must hold %s as FLOAT %s, got %s"
                            .formatted(name, Arrays.toString(shape), describe(array)));
                }
                found.put(name, array);
            }
        }
        return new Weights(config, found);
    }

    private static INDArray checked(Map<String, INDArray> arrays, String name, int rows, int columns) {
        INDArray array = arrays.get(name);
        boolean bias = rows == 1 && array != null && array.rank() == 1;
        long[] shape = bias ? new long[] {columns} : new long[] {rows, columns};
        if (array == null || !Arrays.equals(array.shape(), shape)) {
            throw new IllegalArgumentException(
                    "weights %s must have shape [%d, %d], got %s".formatted(name, rows, columns, describe(array)));
        }
        return own(array, rows, columns);
    }

    /**
     * A copy that owns its memory. A reshaped array does not: to ND4J it is a view, and SameDiff silently
     * copies a view that is put into a graph, which would then no longer share its weights.
     */
    private static INDArray own(INDArray array, int rows, int columns) {
        INDArray own = Nd4j.create(DataType.FLOAT, rows, columns);
        own.assign(array.reshape('c', rows, columns));
        return own;
    }

    private static String describe(INDArray array) {
        return array == null ? "nothing" : array.dataType() + " " + Arrays.toString(array.shape());
    }

    /** The model they belong to. */
    public RamConfig config() {
        return config;
    }

    /** The arrays by name, in the order of {@link #layers}: weights [in, out], biases [1, out]. */
    public Map<String, INDArray> arrays() {
        return arrays;
    }

    /** Number of trained values. */
    public long count() {
        return arrays.values().stream().mapToLong(INDArray::length).sum();
    }

    /** The same values in arrays of their own. */
    public Weights copy() {
        Map<String, INDArray> copies = new LinkedHashMap<>();
        arrays.forEach((name, array) -> copies.put(name, array.dup('c')));
        return new Weights(config, copies);
    }

    /** Declares them as the variables of a graph. */
    void declare(SameDiff graph) {
        arrays.forEach((name, array) -> {
            if (graph.var(name, array).getArr() != array) {
                throw new IllegalStateException("SameDiff copied weights " + name + " instead of sharing them");
            }
        });
    }
}
