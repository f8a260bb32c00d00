package io.github.ram.model.ram;

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
 * @param config the model
 * @param parameters its arrays, shared with every graph that holds them
 */
public record Weights(RamConfig config, Parameters parameters) {

    /** The layers of a model, in the order of the forward pass. */
    public static List<Layer> layers(RamConfig config) {
        return Networks.of(config).layers();
    }

    /** The parameters of a model: weights and bias of each layer, in the order of {@link #layers}. */
    public static List<Parameter> parameters(RamConfig config) {
        List<Parameter> parameters = new ArrayList<>();
        for (Layer layer : layers(config)) {
            parameters.add(Parameter.trained(layer.weight(), layer.in(), layer.out()));
            parameters.add(Parameter.trained(layer.bias(), 1, layer.out()));
        }
        return parameters;
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

    /** The names of all other arrays. */
    public static Set<String> withoutPolicy(RamConfig config) {
        Set<String> policy = policy(config);
        return parameters(config).stream()
                .map(Parameter::name)
                .filter(name -> !policy.contains(name))
                .collect(Collectors.toSet());
    }

    /**
     * First weights: uniform in (−1/√in, 1/√in); biases zero, but for that of an LSTM's forget gate, which is 1. Where two
     * layers are added, {@code in} counts the inputs of both: they are one layer of the joined inputs.
     *
     * <p>That is narrower than the bound which keeps the size of activations through relus (He et al., 2015). A policy
     * with large activations begins with a saturated tanh, looks at the corners of the image and has no gradient to
     * leave them by.
     *
     * @param seed the same seed gives the same weights on every machine
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

    /** Shares the parameters of a model. */
    public static Weights of(RamConfig config, Parameters parameters) {
        return new Weights(config, parameters);
    }

    /**
     * Copies given arrays.
     *
     * @param arrays by name; weights [in, out], biases [out] or [1, out]
     * @throws IllegalArgumentException if an array is missing, unknown or has another shape
     */
    public static Weights of(RamConfig config, Map<String, INDArray> arrays) {
        return new Weights(config, Parameters.of(parameters(config), arrays));
    }

    /**
     * Shares the arrays of a graph.
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

    /** The same values in new arrays. */
    public Weights copy() {
        return new Weights(config, parameters.copy());
    }

    /** Sets the location network's arrays to 0, in place: the mean of the policy is then 0 in every state. */
    public Weights blind() {
        policy(config).forEach(name -> arrays().get(name).assign(0));
        return this;
    }

    /** Declares the arrays as the variables of a graph. */
    void declare(SameDiff graph) {
        parameters.declare(graph);
    }
}
