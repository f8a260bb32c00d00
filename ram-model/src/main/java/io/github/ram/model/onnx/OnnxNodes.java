package io.github.ram.model.onnx;

import io.github.ram.model.Normalisation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;

/** An ONNX graph in the making. Values are known by their names; who adds a node gets the name of its output. */
public final class OnnxNodes {

    /** The element type of a Cast. */
    public static final int INT64 = TensorProto.DataType.INT64.getNumber();

    /** In the shape of an input or an output: images, of any number. */
    public static final long BATCH = -1;

    /** Version of the operator set. */
    public static final int OPERATORS = 13;

    /** Metadata: the names of the classes, a line each. */
    public static final String LABELS = "labels";

    private static final int IR_VERSION = 7;

    private static final long MOST_BYTES = Integer.MAX_VALUE - 1_000_000; // of 2 GB, some are for the nodes

    private final GraphProto.Builder graph;
    private final Set<String> constants = new HashSet<>();
    private long constantBytes;
    private int nodes;

    public OnnxNodes(String name) {
        graph = GraphProto.newBuilder().setName(name);
    }

    /**
     * The ONNX file, operator set {@value #OPERATORS}.
     *
     * @param labels the names of the classes, which become the metadata {@value #LABELS}, a line each
     */
    public byte[] file(List<String> labels) {
        ModelProto.Builder file = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("ram")
                .setGraph(graph);
        file.addOpsetImportBuilder().setVersion(OPERATORS);
        file.addMetadataPropsBuilder().setKey(LABELS).setValue(String.join("\n", labels));
        return file.build().toByteArray();
    }

    /** Declares an input, float32. */
    public String input(String name, long... shape) {
        graph.addInput(value(name, shape));
        return name;
    }

    /** Declares that a value is an output, float32. */
    public void output(String name, long... shape) {
        graph.addOutput(value(name, shape));
    }

    private static ValueInfoProto value(String name, long... shape) {
        TypeProto.Tensor.Builder tensor =
                TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT.getNumber());
        for (long size : shape) {
            var dimension = tensor.getShapeBuilder().addDimBuilder();
            if (size == BATCH) {
                dimension.setDimParam("batch");
            } else {
                dimension.setDimValue(size);
            }
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    /** A constant, float32 and row-major: added, if there is none of the name yet. */
    public String floats(String name, Supplier<float[]> values, long... shape) {
        return constant(
                name,
                TensorProto.DataType.FLOAT,
                Float.BYTES,
                shape,
                bytes -> bytes.asFloatBuffer().put(values.get()));
    }

    /** A constant, int64 and row-major: added, if there is none of the name yet. */
    public String longs(String name, Supplier<long[]> values, long... shape) {
        return constant(
                name,
                TensorProto.DataType.INT64,
                Long.BYTES,
                shape,
                bytes -> bytes.asLongBuffer().put(values.get()));
    }

    /** The same, a list of numbers. */
    public String list(String name, long... values) {
        return longs(name, () -> values, values.length);
    }

    private String constant(
            String name, TensorProto.DataType type, int width, long[] shape, Consumer<ByteBuffer> values) {
        if (constants.add(name)) {
            long size = LongStream.of(shape).reduce(width, (a, b) -> a * b);
            constantBytes += size;
            if (constantBytes > MOST_BYTES) {
                throw new IllegalArgumentException("the model is too large for an ONNX file, which holds 2 GB: " + name
                        + " takes " + size + " bytes");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
            values.accept(bytes);
            TensorProto.Builder tensor = graph.addInitializerBuilder();
            tensor.setName(name).setDataType(type.getNumber()).setRawData(ByteString.copyFrom(bytes));
            LongStream.of(shape).forEach(tensor::addDims);
        }
        return name;
    }

    /** Adds a node with one output, whose name is new. */
    public String add(String operation, List<String> inputs, AttributeProto... attributes) {
        return named(operation.toLowerCase(Locale.ROOT) + "_" + nodes, operation, inputs, attributes);
    }

    /** Adds a node of one output with the given name. */
    public String named(String output, String operation, List<String> inputs, AttributeProto... attributes) {
        add(List.of(output), operation, inputs, attributes);
        return output;
    }

    /** Adds a node that cuts a value into equal parts along an axis. */
    public List<String> split(String value, int parts, int axis) {
        List<String> outputs = IntStream.range(0, parts)
                .mapToObj(i -> "split_" + nodes + "_" + i)
                .toList();
        add(outputs, "Split", List.of(value), attribute("axis", axis));
        return outputs;
    }

    /**
     * Adds the normalisation of pixels.
     *
     * @param pixels name of the images [B, H, W, C]
     * @param input one mean and deviation, or one per channel
     */
    public String normalised(String pixels, Normalisation input) {
        String centred =
                add("Sub", List.of(pixels, floats("input.mean", () -> floats(input.mean()), input.channels())));
        return add(
                "Div", List.of(centred, floats("input.deviation", () -> floats(input.deviation()), input.channels())));
    }

    private static float[] floats(List<Double> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i).floatValue();
        }
        return floats;
    }

    private void add(List<String> outputs, String operation, List<String> inputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setName(operation + "_" + nodes++)
                .setOpType(operation)
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(List.of(attributes)));
    }

    public static AttributeProto attribute(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    public static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    public static AttributeProto attribute(String name, List<Long> values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INTS)
                .addAllInts(values)
                .build();
    }
}
