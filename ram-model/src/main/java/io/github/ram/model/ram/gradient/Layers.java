package io.github.ram.model.ram.gradient;

import io.github.ram.model.ram.network.Layer;
import io.github.ram.model.ram.network.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The layers of a model and the gradients of the weights. Gradients accumulate between {@link #begin} and
 * {@link #end}.
 */
public final class Layers {

    private final Map<Layer, LinearLayer> layers = new LinkedHashMap<>();
    private final Map<String, INDArray> gradients = new LinkedHashMap<>();

    /** @param weights weights, which are shared and not copied */
    public Layers(Weights weights) {
        for (Layer layer : Weights.layers(weights.config())) {
            layers.put(layer, new LinearLayer(layer, weights, gradients));
        }
    }

    /** Returns a layer, or null if the model does not have it. */
    public LinearLayer of(Layer layer) {
        return layers.get(layer);
    }

    /** Returns the gradient of a named array. */
    public INDArray gradient(String name) {
        return gradients.get(name);
    }

    /** Reads the current biases and sets all gradients to 0, before the first pass of a batch. */
    public void begin() {
        layers.values().forEach(LinearLayer::begin);
    }

    /** Writes the gradients of the biases to their arrays, after the last pass of a batch. */
    public void end() {
        layers.values().forEach(LinearLayer::end);
    }
}
