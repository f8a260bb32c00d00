package io.github.ram.model.graph;

import static org.nd4j.graph.ByteOrder.BE;

import io.github.ram.model.Parameter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.nd4j.graph.DType;
import org.nd4j.graph.FlatArray;
import org.nd4j.graph.FlatGraph;
import org.nd4j.graph.FlatNode;
import org.nd4j.graph.FlatVariable;

/**
 * A graph in SameDiff's FlatBuffers format. This class checks the graph and reads its weights without ND4J, whose
 * start takes seconds and hundreds of megabytes.
 */
public final class StoredGraph {

    private final FlatGraph graph;
    private final Map<String, FlatVariable> variables = new LinkedHashMap<>();

    /** @throws RuntimeException of any kind if the bytes are not a graph */
    public StoredGraph(byte[] bytes) {
        graph = FlatGraph.getRootAsFlatGraph(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        for (int i = 0; i < graph.variablesLength(); i++) {
            FlatVariable variable = graph.variables(i);
            variables.put(variable.name(), variable);
        }
    }

    /**
     * The arguments of an operation.
     *
     * @param integers the integer arguments, in order
     * @param numbers the floating-point arguments, in order
     */
    public record Arguments(List<Long> integers, List<Double> numbers) {}

    /** Returns the arguments of every operation with a name, in the graph's order. */
    public List<Arguments> operations(String name) {
        List<Arguments> operations = new ArrayList<>();
        for (int i = 0; i < graph.nodesLength(); i++) {
            FlatNode node = graph.nodes(i);
            if (name.equals(node.opName())) {
                operations.add(new Arguments(
                        IntStream.range(0, node.extraIntegerLength())
                                .mapToObj(node::extraInteger)
                                .toList(),
                        IntStream.range(0, node.extraParamsLength())
                                .mapToObj(node::extraParams)
                                .toList()));
            }
        }
        return operations;
    }

    /**
     * Checks that the graph has a variable.
     *
     * @throws IllegalArgumentException if the variable is missing
     */
    public void requireVariable(String name) {
        variable(name);
    }

    /**
     * Checks the shape of a placeholder.
     *
     * @param shape sizes of the axes; −1 for a variable size
     * @throws IllegalArgumentException if the shape differs
     */
    public void requireInput(String name, long... shape) {
        FlatVariable input = variable(name);
        long[] found = LongStream.range(0, input.shapeLength())
                .map(axis -> input.shape((int) axis))
                .toArray();
        require(
                Arrays.equals(found, shape),
                String.format(
                        Locale.ROOT,
                        "the graph's input %s must be %s, got %s",
                        name,
                        Arrays.toString(shape),
                        Arrays.toString(found)));
    }

    /**
     * Returns the values of parameters by name, row-major.
     *
     * @throws IllegalArgumentException if an array is missing or has another shape or type
     */
    public Map<String, FloatBuffer> values(List<Parameter> parameters) {
        Map<String, FloatBuffer> values = new LinkedHashMap<>();
        parameters.forEach(parameter -> values.put(parameter.name(), values(parameter)));
        return values;
    }

    private FloatBuffer values(Parameter parameter) {
        String name = parameter.name();
        FlatVariable variable = variables.get(name);
        FlatArray array = variable == null ? null : variable.ndarray();
        require(
                array != null && array.dtype() == DType.FLOAT && Arrays.equals(shape(array), parameter.dimensions()),
                String.format(
                        Locale.ROOT,
                        "the graph must hold %s as FLOAT %s, got %s",
                        name,
                        parameter.shape(),
                        describe(array)));
        require(isRowMajor(array), String.format(Locale.ROOT, "the graph must hold %s row-major", name));
        ByteOrder order = array.byteOrder() == BE ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return array.bufferAsByteBuffer().order(order).asFloatBuffer();
    }

    /**
     * Returns the sizes of the axes. ND4J stores the rank r, r sizes, r strides and three numbers. The last number is
     * the order: 'c' or 'f'.
     */
    private static long[] shape(FlatArray array) {
        int rank = (int) array.shape(0);
        return LongStream.rangeClosed(1, rank)
                .map(axis -> array.shape((int) axis))
                .toArray();
    }

    private static boolean isRowMajor(FlatArray array) {
        return array.shape(array.shapeLength() - 1) == 'c';
    }

    private static String describe(FlatArray array) {
        return array == null ? "nothing" : DType.name(array.dtype()) + " " + Arrays.toString(shape(array));
    }

    private FlatVariable variable(String name) {
        FlatVariable variable = variables.get(name);
        require(variable != null, "the graph has no variable " + name);
        return variable;
    }

    /**
     * Checks a condition.
     *
     * @throws IllegalArgumentException with the message if the condition is false
     */
    public static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
