package io.github.ram.model.ram.network;

import io.github.ram.model.Parameter;
import io.github.ram.model.Parameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The parameters of a Recurrent Attention Model: weights [in, out] and bias [1, out] of each {@link Layer}.
 *
 * @param config architecture of the model
 * @param parameters arrays of the model, shared with its graphs
 */
public record Weights(RamConfig config, Parameters parameters) {

    /** Returns the layers of a model, in the order of the forward pass. */
    public static List<Layer> layers(RamConfig config) {
        return Networks.of(config).layers();
    }

    /** Returns the parameters of a model: weights and bias of each layer, in the order of {@link #layers}. */
    public static List<Parameter> parameters(RamConfig config) {
        List<Parameter> parameters = new ArrayList<>();
        for (Layer layer : layers(config)) {
            parameters.add(Parameter.trained(layer.weight(), layer.in(), layer.out()));
            parameters.add(Parameter.trained(layer.bias(), 1, layer.out()));
        }
        return parameters;
    }

    /** Returns the names of the location network's arrays, which only REINFORCE trains. */
    public static Set<String> policy(RamConfig config) {
        LocationNetwork location = LocationNetwork.of(config);
        return Set.of(
                location.fc().weight(),
                location.fc().bias(),
                location.mean().weight(),
                location.mean().bias());
    }

    /** Returns the names of all arrays outside the location network. */
    public static Set<String> withoutPolicy(RamConfig config) {
        Set<String> policy = policy(config);
        return parameters(config).stream()
                .map(Parameter::name)
                .filter(name -> !policy.contains(name))
                .collect(Collectors.toSet());
    }

    /**
     * Returns initial weights: uniform in (−1/√in, 1/√in). Biases are 0, except 1 for an LSTM's forget gate. Two
     * layers whose outputs are added count as one layer: {@code in} is the sum of both inputs.
     *
     * <p>This bound is smaller than the bound of He et al. (2015), which preserves the variance of activations. With
     * large activations the policy's tanh saturates at the corners of the image, where its gradient vanishes.
     *
     * @param seed seed of the random values; equal seeds give equal weights on every machine
     */
    public static Weights initial(RamConfig config, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Networks networks = Networks.of(config);
        Map<String, float[]> first = new HashMap<>();
        for (Layer layer : networks.layers()) {
            double bound = networks.initialBound(layer);
            float[] values = new float[layer.in() * layer.out()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(-bound, bound);
            }
            first.put(layer.weight(), values);
            first.put(layer.bias(), networks.initialBias(layer));
        }
        return new Weights(config, Parameters.of(parameters(config), parameter -> first.get(parameter.name())));
    }

    /** Returns weights that share the parameters of a model. */
    public static Weights of(RamConfig config, Parameters parameters) {
        return new Weights(config, parameters);
    }

    /**
     * Returns copies of arrays.
     *
     * @param arrays arrays by name: weights [in, out], biases [out] or [1, out]
     * @throws IllegalArgumentException if an array is missing, unknown or has another shape
     */
    public static Weights of(RamConfig config, Map<String, INDArray> arrays) {
        return new Weights(config, Parameters.of(parameters(config), arrays));
    }

    /**
     * Returns weights that share the arrays of a graph.
     *
     * @throws IllegalArgumentException if an array is missing or has another shape
     */
    public static Weights of(RamConfig config, SameDiff graph) {
        return new Weights(config, Parameters.of(parameters(config), graph));
    }

    /** The arrays by name, in the order of {@link #parameters(RamConfig)}. */
    public Map<String, INDArray> arrays() {
        return parameters.arrays();
    }

    /** Number of trained values. */
    public long count() {
        return parameters.trainable();
    }

    /** Returns a deep copy. */
    public Weights copy() {
        return new Weights(config, parameters.copy());
    }

    /** Sets the location network's arrays to 0, in place, so that the policy's mean is 0 in every state. */
    public Weights blind() {
        policy(config).forEach(name -> arrays().get(name).assign(0));
        return this;
    }

    /** Declares the arrays as the variables of a graph. */
    public void declare(SameDiff graph) {
        parameters.declare(graph);
    }
}
