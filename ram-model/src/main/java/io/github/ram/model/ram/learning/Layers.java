package io.github.ram.model.ram.learning;

import io.github.ram.model.ram.Layer;
import io.github.ram.model.ram.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The layers of a model and the gradients of the weights. Gradients accumulate between {@link #begin} and
 * {@link #end}.
 */
final class Layers {

    private final Map<Layer, LinearLayer> layers = new LinkedHashMap<>();
    private final Map<String, INDArray> gradients = new LinkedHashMap<>();

    /** @param weights weights, which are shared and not copied */
    Layers(Weights weights) {
        for (Layer layer : Weights.layers(weights.config())) {
            layers.put(layer, new LinearLayer(layer, weights, gradients));
        }
    }

    LinearLayer of(Layer layer) {
        return layers.get(layer);
    }

    /** Returns the gradient of a named array. */
    INDArray gradient(String name) {
        return gradients.get(name);
    }

    void begin() {
        layers.values().forEach(LinearLayer::begin);
    }

    void end() {
        layers.values().forEach(LinearLayer::end);
    }
}
