package io.github.ram.model;

import io.github.ram.model.graph.Backend;
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
 * The arrays of a model, float32 and row-major, in the order of {@link ModelSpec#parameters}.
 *
 * <p>Graphs share the arrays: a change in place affects every graph that holds the array.
 */
public final class Parameters {

    private final Map<String, Parameter> list;
    private final Map<String, INDArray> arrays;

    private Parameters(Map<String, Parameter> list, Map<String, INDArray> arrays) {
        this.list = Collections.unmodifiableMap(list);
        this.arrays = Collections.unmodifiableMap(arrays);
    }

    /**
     * Creates arrays from values.
     *
     * @param list the parameters of a model
     * @param values returns the values of a parameter, row-major
     */
    public static Parameters of(List<Parameter> list, Function<Parameter, float[]> values) {
        Backend.initialise(); // this array may be the first one of the process
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        for (Parameter parameter : list) {
            arrays.put(parameter.name(), own(parameter, Nd4j.createFromArray(values.apply(parameter))));
        }
        return new Parameters(byName(list), arrays);
    }

    /**
     * Copies arrays.
     *
     * @param list the parameters of a model
     * @param given arrays by name, with the parameters' shapes; [n] is accepted for [1, n]
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
     * Returns the arrays of a graph, without a copy.
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
     * Returns a copy that owns its memory. A graph shares such an array, but SameDiff silently copies a view, such as
     * a reshaped array.
     */
    private static INDArray own(Parameter parameter, INDArray array) {
        INDArray own = Nd4j.create(DataType.FLOAT, parameter.dimensions());
        own.assign(array.reshape('c', parameter.dimensions()));
        return own;
    }

    private static String describe(INDArray array) {
        return array == null ? "nothing" : array.dataType() + " " + Arrays.toString(array.shape());
    }

    /** The parameters, in the order of {@link ModelSpec#parameters}. */
    public List<Parameter> list() {
        return List.copyOf(list.values());
    }

    /** The arrays by name, in the order of {@link ModelSpec#parameters}. */
    public Map<String, INDArray> arrays() {
        return arrays;
    }

    /** Whether gradients change the parameter with a name. */
    public boolean isTrainable(String name) {
        return list.get(name).trainable();
    }

    /** Number of values that gradients change. */
    public long trainable() {
        return Parameter.count(list.values(), true);
    }

    /** Number of values that training measures. */
    public long statistics() {
        return Parameter.count(list.values(), false);
    }

    /** Returns a deep copy. */
    public Parameters copy() {
        Map<String, INDArray> copies = new LinkedHashMap<>();
        arrays.forEach((name, array) -> copies.put(name, array.dup('c')));
        return new Parameters(list, copies);
    }

    /** Declares the arrays as variables of a graph, without a copy. */
    public void declare(SameDiff graph) {
        arrays.forEach((name, array) -> {
            if (graph.var(name, array).getArr() != array) {
                throw new IllegalStateException("SameDiff copied weights " + name + " instead of sharing them");
            }
        });
    }
}
