package io.github.ram.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The arrays of a model, float32 and row-major, in the order in which its specification lists them.
 *
 * <p>Graphs share the arrays. An optimizer that changes an array in place changes all graphs that hold it.
 */
public final class Parameters {

    private final Map<String, Parameter> list;
    private final Map<String, INDArray> arrays;

    private Parameters(Map<String, Parameter> list, Map<String, INDArray> arrays) {
        this.list = Collections.unmodifiableMap(list);
        this.arrays = Collections.unmodifiableMap(arrays);
    }

    /**
     * New arrays.
     *
     * @param list the parameters of a model
     * @param values the first values of each, row-major
     */
    public static Parameters of(List<Parameter> list, Function<Parameter, float[]> values) {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        for (Parameter parameter : list) {
            arrays.put(parameter.name(), own(parameter, Nd4j.createFromArray(values.apply(parameter))));
        }
        return new Parameters(byName(list), arrays);
    }

    /**
     * Copies of given arrays.
     *
     * @param given by name, of the parameters' shapes; one of shape [1, n] may also have shape [n]
     * @throws IllegalArgumentException if an array is missing, unknown or has another shape
     */
    public static Parameters of(List<Parameter> list, Map<String, INDArray> given) {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        for (Parameter parameter : list) {
            INDArray array = given.get(parameter.name());
            if (array == null || !fits(parameter, array)) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "weights %s must have shape %s, got %s",
                        parameter.name(),
                        parameter.shape(),
                        describe(array)));
            }
            arrays.put(parameter.name(), own(parameter, array));
        }
        List<String> unknown = given.keySet().stream()
                .filter(name -> !arrays.containsKey(name))
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("unknown weights " + unknown + "; the model has " + arrays.keySet());
        }
        return new Parameters(byName(list), arrays);
    }

    /**
     * The arrays of a graph, shared with it.
     *
     * @throws IllegalArgumentException if an array is missing or has another shape
     */
    public static Parameters of(List<Parameter> list, SameDiff graph) {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        for (Parameter parameter : list) {
            SDVariable variable = graph.getVariable(parameter.name());
            INDArray array = variable == null ? null : variable.getArr();
            if (array == null
                    || !Arrays.equals(parameter.dimensions(), array.shape())
                    || array.dataType() != DataType.FLOAT) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "the graph must hold %s as FLOAT %s, got %s",
                        parameter.name(),
                        parameter.shape(),
                        describe(array)));
            }
            arrays.put(parameter.name(), array);
        }
        return new Parameters(byName(list), arrays);
    }

    private static Map<String, Parameter> byName(List<Parameter> list) {
        Map<String, Parameter> names = new LinkedHashMap<>();
        list.forEach(parameter -> names.put(parameter.name(), parameter));
        return names;
    }

    private static boolean fits(Parameter parameter, INDArray array) {
        long[] shape = parameter.dimensions();
        boolean flat = shape.length == 2 && shape[0] == 1 && array.rank() == 1;
        return Arrays.equals(array.shape(), flat ? new long[] {shape[1]} : shape);
    }

    /**
     * Returns a copy that owns its memory. SameDiff silently copies a view, such as a reshaped array, that is put into
     * a graph. The graph would then no longer share the array.
     */
    private static INDArray own(Parameter parameter, INDArray array) {
        INDArray own = Nd4j.create(DataType.FLOAT, parameter.dimensions());
        own.assign(array.reshape('c', parameter.dimensions()));
        return own;
    }

    private static String describe(INDArray array) {
        return array == null ? "nothing" : array.dataType() + " " + Arrays.toString(array.shape());
    }

    /** The parameters, in the specification's order. */
    public List<Parameter> list() {
        return List.copyOf(list.values());
    }

    /** The arrays by name, in the specification's order. */
    public Map<String, INDArray> arrays() {
        return arrays;
    }

    /** Whether gradients change a parameter. */
    public boolean isTrainable(String name) {
        return list.get(name).trainable();
    }

    /** Number of values that gradients change. */
    public long trainable() {
        return count(true);
    }

    /** Number of values that training measures. */
    public long statistics() {
        return count(false);
    }

    private long count(boolean trainable) {
        return list.values().stream()
                .filter(parameter -> parameter.trainable() == trainable)
                .mapToLong(Parameter::size)
                .sum();
    }

    /** The same values in new arrays. */
    public Parameters copy() {
        Map<String, INDArray> copies = new LinkedHashMap<>();
        arrays.forEach((name, array) -> copies.put(name, array.dup('c')));
        return new Parameters(list, copies);
    }

    /** Declares the arrays as the variables of a graph, which shares them. */
    public void declare(SameDiff graph) {
        arrays.forEach((name, array) -> {
            if (graph.var(name, array).getArr() != array) {
                throw new IllegalStateException("SameDiff copied weights " + name + " instead of sharing them");
            }
        });
    }
}
