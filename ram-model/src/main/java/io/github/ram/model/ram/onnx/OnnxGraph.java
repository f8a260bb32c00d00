package io.github.ram.model.ram.onnx;

import static io.github.ram.model.onnx.OnnxNodes.attribute;

import io.github.ram.model.ImageShape;
import io.github.ram.model.Normalisation;
import io.github.ram.model.onnx.OnnxNodes;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.RolloutGraph;
import io.github.ram.model.ram.network.CoreNetwork;
import io.github.ram.model.ram.network.GlimpseNetwork;
import io.github.ram.model.ram.network.Layer;
import io.github.ram.model.ram.network.Location;
import io.github.ram.model.ram.network.LocationNetwork;
import io.github.ram.model.ram.network.Networks;
import io.github.ram.model.ram.network.RamConfig;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The greedy rollout of a model, the {@link RolloutGraph} with noise of zeros, as ONNX: for programs that have
 * an ONNX runtime and no ND4J.
 *
 * <p>Input: {@value #IMAGES} [batch, H, W, C], float32, pixels in [0, 1] with 0 the background. Outputs:
 * {@value #PROBABILITIES} [batch, classes] and {@value #LOCATIONS} [batch, T, 2], those that were looked at,
 * the start first. The normalisation and the start location are part of the graph, and the names of the
 * classes, a line each, are its metadata {@value #LABELS}.
 *
 * <p>The graph is written for runtimes to be fast with. The normalisation is folded into W₁ and b₁. Where two
 * layers meet in a sum, the second product adds to the first. What depends on the start location alone is
 * constant. The location network is left out after the last glimpse, and so is the clipping of its locations,
 * since a tanh lies in (-1, 1).
 */
public final class OnnxGraph {

    /** Input: pixels in [0, 1]. */
    public static final String IMAGES = RolloutGraph.IMAGES;

    /** Output: class probabilities. */
    public static final String PROBABILITIES = RolloutGraph.PROBABILITIES;

    /** Output: the locations looked at, (x, y). */
    public static final String LOCATIONS = RolloutGraph.LOCATIONS;

    /** Metadata: the names of the classes, a line each. */
    public static final String LABELS = OnnxNodes.LABELS;

    private final RamConfig config;
    private final Map<String, FloatBuffer> weights;
    private final Normalisation input; // which the first layer applies
    private final Networks networks;
    private final OnnxNodes nodes;

    private OnnxGraph(String name, RamConfig config, Map<String, FloatBuffer> weights, Normalisation input) {
        this.config = config;
        this.weights = weights;
        this.input = input;
        this.networks = Networks.of(config);
        this.nodes = new OnnxNodes(name);
    }

    /**
     * The ONNX file of a model, operator set {@value OnnxNodes#OPERATORS}.
     *
     * @param name of the graph
     * @param weights values of the parameters by name, row-major
     */
    public static byte[] bytes(String name, RamSpec model, Map<String, FloatBuffer> weights) {
        boolean perChannel = model.input().channels() > 1;
        Normalisation input = perChannel ? identity(model) : model.input();
        OnnxGraph graph = new OnnxGraph(name, model.network(), weights, input);
        String pixels = graph.images();
        String images = perChannel ? graph.nodes.normalised(pixels, model.input()) : pixels;
        Location start = model.start().location();
        String first = graph.nodes.floats("start", () -> new float[] {start.x(), start.y()}, 1, 2); // [1, 2]
        OnnxSensor sensor = graph.sensor(images);
        graph.rollout(sensor, sensor.at(start), first, graph.repeated(first, images), null, false);
        return graph.nodes.file(model.labels());
    }

    /**
     * The ONNX file for an engine in this process: the inputs are those of the {@link RolloutGraph}.
     *
     * @param weights values of the parameters by name, row-major
     * @param inSteps whether {@link RolloutGraph#STEP_PROBABILITIES} [batch, T, classes] is an output
     */
    public static byte[] rollouts(RamSpec model, Map<String, FloatBuffer> weights, boolean inSteps) {
        OnnxGraph graph = new OnnxGraph("rollouts", model.network(), weights, identity(model));
        int steps = graph.config.steps();
        String images = graph.images();
        String start = graph.nodes.input(RolloutGraph.START, OnnxNodes.BATCH, 2);
        String noise = steps == 1 ? null : graph.nodes.input(RolloutGraph.NOISE, steps - 1, OnnxNodes.BATCH, 2);
        OnnxSensor sensor = graph.sensor(images);
        graph.rollout(sensor, sensor.at(start), start, start, noise, inSteps);
        return graph.nodes.file(model.labels());
    }

    private static Normalisation identity(RamSpec model) {
        return Normalisation.of(0, 1, model.input().padding());
    }

    private String images() {
        ImageShape image = config.image();
        return nodes.input(IMAGES, OnnxNodes.BATCH, image.height(), image.width(), image.channels());
    }

    private OnnxSensor sensor(String images) {
        double outside =
                input.padding() * input.deviation().get(0) + input.mean().get(0);
        return new OnnxSensor(nodes, config, images, (float) outside);
    }

    /**
     * Adds the rollout and its outputs.
     *
     * @param firstGlimpse the first glimpse [B, P]
     * @param start the first location, [1, 2] or [B, 2]
     * @param starts the same for every image [B, 2]
     * @param noise of the policy [T − 1, B, 2]; null for greedy rollouts
     */
    private void rollout(
            OnnxSensor sensor, String firstGlimpse, String start, String starts, String noise, boolean inSteps) {
        String location = start;
        List<String> locations = new ArrayList<>(List.of(starts));
        List<String> probabilities = new ArrayList<>();
        State state = null;
        for (int t = 0; t < config.steps(); t++) {
            String phi = t == 0 ? firstGlimpse : sensor.at(location); // [B, P]
            String g = glimpse(phi, location); // [B, glimpse]
            state = core(g, state);
            if (t < config.steps() - 1) { // no location follows the last glimpse
                location = noise == null ? location(state.h) : sample(location(state.h), noise, t); // [B, 2]
                locations.add(location);
                if (inSteps) {
                    probabilities.add(nodes.add("Softmax", List.of(logits(state)), attribute("axis", 1)));
                }
            }
        }
        nodes.named(PROBABILITIES, "Softmax", List.of(logits(state)), attribute("axis", 1));
        nodes.output(PROBABILITIES, OnnxNodes.BATCH, config.classes());
        stacked(LOCATIONS, locations, 2);
        if (inSteps) {
            probabilities.add(PROBABILITIES);
            stacked(RolloutGraph.STEP_PROBABILITIES, probabilities, config.classes());
        }
    }

    private String logits(State state) {
        return layer(state.h, networks.action().fc()); // [B, classes]
    }

    /** Adds an output [B, T, width] of T values [B, width]. */
    private void stacked(String output, List<String> values, int width) {
        String side = nodes.add("Concat", values, attribute("axis", 1)); // [B, T·width]
        String shape = nodes.list(output + ".shape", 0, config.steps(), width);
        nodes.named(output, "Reshape", List.of(side, shape));
        nodes.output(output, OnnxNodes.BATCH, config.steps(), width);
    }

    /** μ + σε, clipped to [-1, 1]. */
    private String sample(String mean, String noise, int t) {
        String epsilon = nodes.add("Gather", List.of(noise, nodes.longs("step" + t, () -> new long[] {t})));
        String deviation = nodes.floats("std", () -> new float[] {(float) config.std()});
        String sum = nodes.add("Add", List.of(mean, multiplied(epsilon, deviation)));
        String low = nodes.floats("clip.low", () -> new float[] {-1});
        String high = nodes.floats("clip.high", () -> new float[] {1});
        return nodes.add("Clip", List.of(sum, low, high));
    }

    /** A row [1, 2], once for every image of a batch: [B, 2]. */
    private String repeated(String row, String images) {
        String shape = nodes.add("Shape", List.of(images)); // [4]
        String batch = nodes.add("Gather", List.of(shape, nodes.list("zero", 0))); // [1]
        String rows = nodes.add("Concat", List.of(batch, nodes.list("two", 2)), attribute("axis", 0));
        return nodes.add("Expand", List.of(row, rows));
    }

    /** g = relu(W₃·relu(W₁φ + b₁) + b₃ + W₄·relu(W₂l + b₂) + b₄), where φ is not normalised and W₁, b₁ are. */
    private String glimpse(String phi, String location) {
        GlimpseNetwork network = networks.glimpse();
        String what = relu(product(phi, normalisedWeight(network.fc1()), normalisedBias(network.fc1())));
        String where = relu(layer(location, network.fc2()));
        String sum = product(where, weight(network.fc4()), bias(network.fc4(), network.fc3()));
        return relu(product(what, weight(network.fc3()), sum));
    }

    /** μₜ₊₁ = tanh(W_m·relu(W_l·hₜ + b_l) + b_m). */
    private String location(String h) {
        LocationNetwork network = networks.location();
        return tanh(layer(relu(layer(h, network.fc())), network.mean()));
    }

    /** The state after a glimpse: see {@link CoreNetwork}. */
    private State core(String g, State previous) {
        CoreNetwork network = networks.core();
        String input = product(g, weight(network.input()), bias(network.input(), network.recurrent()));
        String a = previous == null ? input : product(previous.h, weight(network.recurrent()), input);
        if (config.core() == RamConfig.Core.RELU) {
            return new State(relu(a), null);
        }
        List<String> gates = nodes.split(a, 4, 1); // i, f, z, o
        String cell = multiplied(sigmoid(gates.get(0)), tanh(gates.get(2)));
        if (previous != null) {
            cell = nodes.add("Add", List.of(multiplied(sigmoid(gates.get(1)), previous.c), cell));
        }
        return new State(multiplied(sigmoid(gates.get(3)), tanh(cell)), cell);
    }

    /** x·W + b. */
    private String layer(String x, Layer layer) {
        return product(x, weight(layer), bias(layer));
    }

    private String product(String x, String weight, String addend) {
        return nodes.add("Gemm", List.of(x, weight, addend));
    }

    private String relu(String x) {
        return nodes.add("Relu", List.of(x));
    }

    private String sigmoid(String x) {
        return nodes.add("Sigmoid", List.of(x));
    }

    private String tanh(String x) {
        return nodes.add("Tanh", List.of(x));
    }

    private String multiplied(String x, String y) {
        return nodes.add("Mul", List.of(x, y));
    }

    private String weight(Layer layer) {
        return nodes.floats(layer.weight(), () -> values(layer.weight()), layer.in(), layer.out());
    }

    /** The sum of the biases of layers that are added. */
    private String bias(Layer... layers) {
        return nodes.floats(
                layers[0].bias(),
                () -> {
                    float[] sum = values(layers[0].bias());
                    for (int i = 1; i < layers.length; i++) {
                        float[] more = values(layers[i].bias());
                        for (int j = 0; j < sum.length; j++) {
                            sum[j] += more[j];
                        }
                    }
                    return sum;
                },
                layers[0].out());
    }

    /** W/deviation, so that it takes pixels that are not normalised. */
    private String normalisedWeight(Layer layer) {
        return nodes.floats(
                layer.weight(),
                () -> {
                    float[] weight = values(layer.weight());
                    for (int i = 0; i < weight.length; i++) {
                        weight[i] = (float) (weight[i] / input.deviation().get(0));
                    }
                    return weight;
                },
                layer.in(),
                layer.out());
    }

    /** b − mean/deviation · the sum of each column of W. */
    private String normalisedBias(Layer layer) {
        return nodes.floats(
                layer.bias(),
                () -> {
                    float[] weight = values(layer.weight());
                    float[] bias = values(layer.bias());
                    for (int j = 0; j < bias.length; j++) {
                        double sum = 0;
                        for (int i = 0; i < layer.in(); i++) {
                            sum += weight[i * layer.out() + j];
                        }
                        bias[j] = (float) (bias[j]
                                - sum * input.mean().get(0) / input.deviation().get(0));
                    }
                    return bias;
                },
                layer.out());
    }

    private float[] values(String name) {
        FloatBuffer buffer = weights.get(name).duplicate();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    /** What the core carries on: the names of h and, of an LSTM, of c. */
    private record State(String h, String c) {}
}
