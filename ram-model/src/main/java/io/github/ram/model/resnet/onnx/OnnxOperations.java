package io.github.ram.model.resnet.onnx;

import static io.github.ram.model.onnx.OnnxNodes.attribute;

import io.github.ram.model.onnx.OnnxNodes;
import io.github.ram.model.resnet.network.Attention;
import io.github.ram.model.resnet.network.BatchNorm;
import io.github.ram.model.resnet.network.Convolution;
import io.github.ram.model.resnet.network.Layout;
import io.github.ram.model.resnet.network.Linear;
import io.github.ram.model.resnet.network.Operations;
import io.github.ram.model.resnet.network.Shapes;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes an ONNX graph, with running statistics and the parameters as constants. */
final class OnnxOperations implements Operations<OnnxOperations.Value> {

    /** A value of the graph and its shape without the batch. */
    record Value(String name, int... shape) {}

    private final OnnxNodes nodes;
    private final Map<String, FloatBuffer> parameters;
    private final Map<String, String> maps = new HashMap<>();

    OnnxOperations(OnnxNodes nodes, Map<String, FloatBuffer> parameters) {
        this.nodes = nodes;
        this.parameters = parameters;
    }

    /** Adds the attention map of a layer as a value of the given name: [B, height, width]. */
    void addMap(Layout.AttentionLayer layer, String name) {
        String mean = nodes.add(
                "ReduceMean",
                List.of(maps.get(layer.name())),
                attribute("axes", List.of(1L)),
                attribute("keepdims", 0));
        String shape = nodes.list(name + ".shape", 0, layer.height(), layer.width());
        nodes.named(name, "Reshape", List.of(mean, shape));
    }

    private float[] values(String name) {
        FloatBuffer buffer = parameters.get(name);
        float[] values = new float[buffer.capacity()];
        buffer.get(0, values);
        return values;
    }

    private String constant(String name, long... shape) {
        return nodes.floats(name, () -> values(name), shape);
    }

    private String add(String operation, Value... inputs) {
        return nodes.add(operation, Arrays.stream(inputs).map(Value::name).toList());
    }

    @Override
    public Value convolution(Value x, Convolution layer) {
        long k = layer.kernel();
        long s = layer.stride();
        long p = layer.padding();
        List<String> inputs = new ArrayList<>(List.of(x.name, constant(layer.weight(), layer.out(), layer.in(), k, k)));
        if (layer.biased()) {
            inputs.add(constant(layer.bias(), layer.out()));
        }
        String y = nodes.add(
                "Conv",
                inputs,
                attribute("kernel_shape", List.of(k, k)),
                attribute("strides", List.of(s, s)),
                attribute("pads", List.of(p, p, p, p)));
        return new Value(y, Shapes.convolved(x.shape, layer));
    }

    @Override
    public Value normalise(Value x, BatchNorm layer) {
        return normalise(x, layer, values(layer.weight()), values(layer.bias()));
    }

    /** A runtime folds the normalisation of channels into the convolution before it. */
    private Value normalise(Value x, BatchNorm layer, float[] gamma, float[] beta) {
        int n = layer.features();
        if (layer.over() == BatchNorm.Over.CHANNELS) {
            String y = nodes.add(
                    "BatchNormalization",
                    List.of(
                            x.name,
                            nodes.floats(layer.weight(), () -> gamma, n),
                            nodes.floats(layer.bias(), () -> beta, n),
                            constant(layer.runningMean(), n),
                            constant(layer.runningVariance(), n)),
                    attribute("epsilon", (float) BatchNorm.EPSILON));
            return new Value(y, x.shape);
        }
        float[] scale = BatchNorm.scale(gamma, values(layer.runningVariance()));
        long[] shape = {x.shape[1], x.shape[2]};
        String centred = nodes.add("Sub", List.of(x.name, constant(layer.runningMean(), shape)));
        String scaled = nodes.add("Mul", List.of(centred, nodes.floats(layer.weight(), () -> scale, shape)));
        return new Value(nodes.add("Add", List.of(scaled, nodes.floats(layer.bias(), () -> beta, shape))), x.shape);
    }

    @Override
    public Value normaliseAndRelu(Value x, BatchNorm layer) {
        return new Value(add("Relu", normalise(x, layer)), x.shape);
    }

    /** w ⊙ BN(x) is a batch normalisation with w ⊙ γ and w ⊙ β. */
    @Override
    public Value attend(Value x, BatchNorm layer) {
        float[] gamma = values(layer.weight());
        float[] beta = values(layer.bias());
        float[] weights = Attention.weights(gamma);
        for (int f = 0; f < gamma.length; f++) {
            gamma[f] *= weights[f];
            beta[f] *= weights[f];
        }
        String gate = add("Sigmoid", normalise(x, layer, gamma, beta));
        maps.put(layer.name(), gate);
        return new Value(nodes.add("Mul", List.of(x.name, gate)), x.shape);
    }

    @Override
    public Value sumAndRelu(Value x, Value y) {
        return new Value(add("Relu", sum(x, y)), x.shape);
    }

    @Override
    public Value sum(Value x, Value y) {
        return new Value(add("Add", x, y), x.shape);
    }

    @Override
    public Value maxPool(Value x, int size, int stride, int padding) {
        long k = size;
        long s = stride;
        long p = padding;
        String y = nodes.add(
                "MaxPool",
                List.of(x.name),
                attribute("kernel_shape", List.of(k, k)),
                attribute("strides", List.of(s, s)),
                attribute("pads", List.of(p, p, p, p)));
        return new Value(y, Shapes.pooled(x.shape, size, stride, padding));
    }

    @Override
    public Value mean(Value x) {
        return new Value(nodes.add("Flatten", List.of(add("GlobalAveragePool", x))), x.shape[0]);
    }

    @Override
    public Value linear(Value x, Linear layer) {
        List<String> inputs =
                List.of(x.name, constant(layer.weight(), layer.out(), layer.in()), constant(layer.bias(), layer.out()));
        return new Value(nodes.add("Gemm", inputs, attribute("transB", 1)), layer.out());
    }

    @Override
    public Value rows(Value x) {
        return reshaped(x, Shapes.rows(x.shape));
    }

    @Override
    public Value image(Value rows, Value like) {
        return reshaped(rows, Shapes.image(rows.shape, like.shape));
    }

    private Value reshaped(Value x, int... shape) {
        long[] sizes = new long[shape.length + 1]; // 0 is the batch's size, which stays
        for (int i = 0; i < shape.length; i++) {
            sizes[i + 1] = shape[i];
        }
        String list = nodes.list("shape" + Arrays.toString(shape), sizes);
        return new Value(nodes.add("Reshape", List.of(x.name, list)), shape);
    }

    @Override
    public Value transposed(Value rows) {
        String y = nodes.add("Transpose", List.of(rows.name), attribute("perm", List.of(0L, 2L, 1L)));
        return new Value(y, Shapes.transposed(rows.shape));
    }

    @Override
    public Value product(Value x, Value y) {
        return new Value(add("MatMul", x, y), Shapes.product(x.shape, y.shape));
    }

    @Override
    public Value scaled(Value x, double c) {
        String factor = nodes.floats("factor " + c, () -> new float[] {(float) c});
        return new Value(nodes.add("Mul", List.of(x.name, factor)), x.shape);
    }

    @Override
    public Value softmax(Value x) {
        return new Value(nodes.add("Softmax", List.of(x.name), attribute("axis", 2)), x.shape);
    }

    @Override
    public Value pairs(Value x, Value y, String v) {
        int channels = x.shape[0];
        float[] values = values(v);
        String left = nodes.floats(v + ".left", () -> Arrays.copyOf(values, channels), 1, channels);
        String right =
                nodes.floats(v + ".right", () -> Arrays.copyOfRange(values, channels, 2 * channels), 1, channels);
        Value a = transposed(new Value(nodes.add("MatMul", List.of(left, x.name)), 1, x.shape[1])); // [B, N, 1]
        String b = nodes.add("MatMul", List.of(right, y.name)); // [B, 1, M]
        String sum = nodes.add("Add", List.of(a.name, b));
        return new Value(nodes.add("Relu", List.of(sum)), Shapes.pairs(x.shape, y.shape));
    }

    @Override
    public void attention(String layer, Value affinities, Value keys) {
        maps.put(layer, add("Abs", affinities));
    }

    @Override
    public int[] shape(Value x) {
        return x.shape;
    }
}
