package io.github.ram.model.resnet.operation;

import io.github.ram.model.resnet.network.BatchNorm;
import io.github.ram.model.resnet.network.Convolution;
import io.github.ram.model.resnet.network.Linear;
import io.github.ram.model.resnet.network.Operations;
import io.github.ram.model.resnet.network.Shapes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.controlflow.compat.StopGradient;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;

/** Makes a SameDiff graph, over parameters that it shares. */
public final class GraphOperations implements Operations<GraphOperations.Value> {

    /** A variable of the graph and its shape without the batch. */
    public record Value(SDVariable variable, int... shape) {}

    /** How batch normalisation works in a graph. */
    public enum Mode {
        /** With the statistics of the batch, which are outputs. */
        TRAINING,
        /** The same; the weights of attention pass no gradient to γ. */
        TRAINING_WITH_FIXED_ATTENTION,
        /** With the running statistics. */
        EVALUATION
    }

    /** The batch's statistics of one layer: names of the graph's variables [features], and how many values each has. */
    public record Statistics(BatchNorm layer, String mean, String variance, int valuesAnImage) {}

    private final SameDiff graph;
    private final Mode mode;
    private final Map<String, INDArray> parameters;
    private final Map<String, Statistics> statistics = new LinkedHashMap<>();
    private final Map<String, Supplier<SDVariable>> maps = new HashMap<>();

    /**
     * Adds operations to a graph.
     *
     * @param parameters arrays by name, which the graph shares
     */
    public GraphOperations(SameDiff graph, Mode mode, Map<String, INDArray> parameters) {
        this.graph = graph;
        this.mode = mode;
        this.parameters = parameters;
    }

    /** In training, the statistics of every batch normalisation, by the layer's name. */
    public Map<String, Statistics> statistics() {
        return statistics;
    }

    /** Adds the attention map of a layer, as an output of the given name: [B, height, width]. */
    public void addMap(String layer, String name) {
        maps.get(layer).get().rename(name);
    }

    private SDVariable parameter(String name) {
        if (graph.hasVariable(name)) {
            return graph.getVariable(name);
        }
        INDArray array = parameters.get(name);
        if (array == null) {
            throw new IllegalArgumentException("parameter " + name + " is missing");
        }
        SDVariable variable = graph.var(name, array);
        if (variable.getArr() != array) {
            throw new IllegalStateException("SameDiff copied parameter " + name + " instead of sharing it");
        }
        return variable;
    }

    @Override
    public Value convolution(Value x, Convolution layer) {
        SDVariable weight = parameter(layer.weight());
        SDVariable bias = layer.biased() ? parameter(layer.bias()) : null;
        return new Value(
                convolution(x.variable, weight, bias, layer.kernel(), layer.stride(), layer.padding()),
                Shapes.convolved(x.shape, layer));
    }

    /** NCHW and an explicit padding: what oneDNN computes fastest. */
    private SDVariable convolution(
            SDVariable x, SDVariable weight, SDVariable bias, int kernel, int stride, int padding) {
        Conv2DConfig config = Conv2DConfig.builder()
                .kH(kernel)
                .kW(kernel)
                .sH(stride)
                .sW(stride)
                .pH(padding)
                .pW(padding)
                .paddingMode(PaddingMode.VALID)
                .dataFormat(Conv2DConfig.NCHW)
                .weightsFormat(WeightsFormat.OIYX)
                .build();
        return bias == null
                ? graph.cnn().conv2d(x, weight, config)
                : graph.cnn().conv2d(x, weight, bias, config);
    }

    @Override
    public Value normalise(Value x, BatchNorm layer) {
        return normalise(x, layer, parameter(layer.weight()), parameter(layer.bias()), false);
    }

    @Override
    public Value normaliseAndRelu(Value x, BatchNorm layer) {
        return normalise(x, layer, parameter(layer.weight()), parameter(layer.bias()), true);
    }

    private Value normalise(Value x, BatchNorm layer, SDVariable gamma, SDVariable beta, boolean relu) {
        if (mode == Mode.EVALUATION) {
            SDVariable[] given = {gamma, beta, parameter(layer.runningMean()), parameter(layer.runningVariance())};
            return new Value(new BatchNormInference(x.variable, given, layer.over(), relu).outputVariable(), x.shape);
        }
        SDVariable[] outputs = new BatchNormOperation(x.variable, gamma, beta, layer.over(), relu).outputVariables();
        int values = layer.over() == BatchNorm.Over.CHANNELS ? x.shape[1] * x.shape[2] : x.shape[0];
        statistics.put(layer.name(), new Statistics(layer, outputs[1].name(), outputs[2].name(), values));
        return new Value(outputs[0], x.shape);
    }

    /** w ⊙ BN(x) is a batch normalisation with w ⊙ γ and w ⊙ β. */
    @Override
    public Value attend(Value x, BatchNorm layer) {
        SDVariable gamma = parameter(layer.weight());
        SDVariable size = graph.math().abs(gamma);
        // Not a division: its gradient by a scalar divisor is wrong in this release of ND4J.
        SDVariable weights = size.mul(graph.math().reciprocal(size.sum())); // [features]
        if (mode == Mode.TRAINING_WITH_FIXED_ATTENTION) {
            weights = new StopGradient(graph, weights).outputVariable();
        }
        Value logits = normalise(x, layer, weights.mul(gamma), weights.mul(parameter(layer.bias())), false);
        SDVariable attention = graph.nn().sigmoid(logits.variable);
        maps.put(layer.name(), () -> attention.mean(1));
        return new Value(x.variable.mul(attention), x.shape);
    }

    @Override
    public Value sumAndRelu(Value x, Value y) {
        return new Value(new SumAndRelu(x.variable, y.variable).outputVariable(), x.shape);
    }

    @Override
    public Value sum(Value x, Value y) {
        return new Value(x.variable.add(y.variable), x.shape);
    }

    @Override
    public Value maxPool(Value x, int size, int stride, int padding) {
        Pooling2DConfig config = Pooling2DConfig.builder()
                .kH(size)
                .kW(size)
                .sH(stride)
                .sW(stride)
                .pH(padding)
                .pW(padding)
                .paddingMode(PaddingMode.VALID)
                .isNHWC(false)
                .build();
        return new Value(graph.cnn().maxPooling2d(x.variable, config), Shapes.pooled(x.shape, size, stride, padding));
    }

    @Override
    public Value mean(Value x) {
        return new Value(x.variable.mean(2, 3), x.shape[0]);
    }

    @Override
    public Value linear(Value x, Linear layer) {
        SDVariable product = graph.mmul(x.variable, parameter(layer.weight()), false, true, false);
        return new Value(product.add(parameter(layer.bias())), layer.out());
    }

    @Override
    public Value rows(Value x) {
        int[] shape = Shapes.rows(x.shape);
        return new Value(graph.reshape(x.variable, -1, shape[0], shape[1]), shape);
    }

    @Override
    public Value image(Value rows, Value like) {
        int[] shape = Shapes.image(rows.shape, like.shape);
        return new Value(graph.reshape(rows.variable, -1, shape[0], shape[1], shape[2]), shape);
    }

    @Override
    public Value transposed(Value rows) {
        return new Value(graph.permute(rows.variable, 0, 2, 1), Shapes.transposed(rows.shape));
    }

    @Override
    public Value product(Value x, Value y) {
        return new Value(graph.mmul(x.variable, y.variable), Shapes.product(x.shape, y.shape));
    }

    @Override
    public Value scaled(Value x, double c) {
        return new Value(x.variable.mul(c), x.shape);
    }

    @Override
    public Value softmax(Value x) {
        return new Value(graph.nn().softmax(x.variable, 2), x.shape);
    }

    @Override
    public Value pairs(Value x, Value y, String v) {
        SDVariable[] halves = graph.split(parameter(v), 2, 1); // [1, C, 1, 1] each
        SDVariable left = half(x, halves[0], -1, x.shape[1], 1); // [B, N, 1]
        SDVariable right = half(y, halves[1], -1, 1, y.shape[1]); // [B, 1, M]
        return new Value(graph.nn().relu(left.add(right), 0), Shapes.pairs(x.shape, y.shape));
    }

    private SDVariable half(Value rows, SDVariable weight, int... shape) {
        SDVariable map = graph.reshape(rows.variable, -1, rows.shape[0], rows.shape[1], 1);
        return graph.reshape(
                convolution(map, weight, null, 1, 1, 0),
                Arrays.stream(shape).asLongStream().toArray());
    }

    @Override
    public void attention(String layer, Value affinities, Value keys) {
        maps.put(
                layer,
                () -> graph.reshape(graph.math().abs(affinities.variable).mean(1), -1, keys.shape[1], keys.shape[2]));
    }

    @Override
    public int[] shape(Value x) {
        return x.shape;
    }
}
