package io.github.ram.model.checkpoint;

import static org.nd4j.graph.ByteOrder.BE;

import io.github.ram.model.ImageShape;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.ram.GlimpseConfig;
import io.github.ram.model.ram.Layer;
import io.github.ram.model.ram.RamConfig;
import io.github.ram.model.ram.RolloutGraph;
import io.github.ram.model.ram.Weights;
import io.github.ram.model.ram.glimpse.GlimpseSensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.nd4j.graph.DType;
import org.nd4j.graph.FlatArray;
import org.nd4j.graph.FlatGraph;
import org.nd4j.graph.FlatNode;
import org.nd4j.graph.FlatVariable;

/**
 * A rollout graph in SameDiff's FlatBuffers format, read as it lies there: what it holds can be checked, and its
 * weights be used, without ND4J, which takes seconds and hundreds of megabytes to start.
 */
final class StoredGraph {

    private final FlatGraph graph;
    private final Map<String, FlatVariable> variables = new LinkedHashMap<>();

    /**
     * @throws RuntimeException of any kind if the bytes are no graph
     */
    StoredGraph(byte[] bytes) {
        graph = FlatGraph.getRootAsFlatGraph(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        for (int i = 0; i < graph.variablesLength(); i++) {
            FlatVariable variable = graph.variables(i);
            variables.put(variable.name(), variable);
        }
    }

    /**
     * Makes sure that it is the rollout graph of a model.
     *
     * @throws IllegalArgumentException if it is that of another
     */
    void check(ModelSpec model) {
        RamConfig config = model.network();
        ImageShape image = config.image();
        for (String variable : List.of(RolloutGraph.START, RolloutGraph.PROBABILITIES, RolloutGraph.LOCATIONS)) {
            variable(variable);
        }
        checkInput(RolloutGraph.IMAGES, -1, image.height(), image.width(), image.channels());
        if (config.steps() > 1) {
            checkInput(RolloutGraph.NOISE, config.steps() - 1, -1, 2);
        }
        checkSensors(config.glimpse(), model.input().padding());
        weights(config);
    }

    /**
     * The weights of the model whose graph it is, by name: those of a layer [in, out], its bias [out], row-major.
     *
     * @throws IllegalArgumentException if one is missing or of another shape or type
     */
    Map<String, FloatBuffer> weights(RamConfig config) {
        Map<String, FloatBuffer> weights = new LinkedHashMap<>();
        for (Layer layer : Weights.layers(config)) {
            weights.put(layer.weight(), values(layer.weight(), layer.in(), layer.out()));
            weights.put(layer.bias(), values(layer.bias(), 1, layer.out()));
        }
        return weights;
    }

    private FloatBuffer values(String name, long rows, long columns) {
        FlatVariable variable = variables.get(name);
        FlatArray array = variable == null ? null : variable.ndarray();
        long[] expected = {rows, columns};
        demand(
                array != null && array.dtype() == DType.FLOAT && Arrays.equals(shape(array), expected),
                "the graph must hold %s as FLOAT %s, got %s"
                        .formatted(name, Arrays.toString(expected), describe(array)));
        demand(isRowMajor(array), "the graph must hold %s row-major".formatted(name));
        ByteOrder order = array.byteOrder() == BE ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return array.bufferAsByteBuffer().order(order).asFloatBuffer();
    }

    /** ND4J stores a rank r, r sizes, r strides, three more numbers of which the last is the order: 'c' or 'f'. */
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
        demand(variable != null, "the graph has no variable " + name);
        return variable;
    }

    private void checkInput(String name, long... shape) {
        FlatVariable input = variable(name);
        long[] found = LongStream.range(0, input.shapeLength())
                .map(axis -> input.shape((int) axis))
                .toArray();
        demand(
                Arrays.equals(found, shape),
                "the graph's input %s must be %s, got %s"
                        .formatted(name, Arrays.toString(shape), Arrays.toString(found)));
    }

    private void checkSensors(GlimpseConfig glimpse, double padding) {
        long[] expected = {glimpse.patchSize(), glimpse.scales(), glimpse.scaleFactor()};
        int count = 0;
        for (int i = 0; i < graph.nodesLength(); i++) {
            FlatNode node = graph.nodes(i);
            if (GlimpseSensor.NAME.equals(node.opName())) {
                count++;
                long[] integers = LongStream.range(0, node.extraIntegerLength())
                        .map(k -> node.extraInteger((int) k))
                        .toArray();
                boolean padded = node.extraParamsLength() == 1 && node.extraParams(0) == padding;
                demand(
                        Arrays.equals(integers, expected) && padded,
                        "the graph's sensor must take %s and padding %s, it takes %s and padding %s"
                                .formatted(
                                        Arrays.toString(expected),
                                        padding,
                                        Arrays.toString(integers),
                                        node.extraParamsLength() == 0 ? "none" : node.extraParams(0)));
            }
        }
        demand(
                count == glimpse.count(),
                "the graph must take %d glimpses, it takes %d".formatted(glimpse.count(), count));
    }

    private static void demand(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
