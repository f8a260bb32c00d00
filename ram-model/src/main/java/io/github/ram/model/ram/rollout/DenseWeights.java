package io.github.ram.model.ram.rollout;

import io.github.ram.model.dense.Dense;
import io.github.ram.model.ram.network.CoreNetwork;
import io.github.ram.model.ram.network.GlimpseNetwork;
import io.github.ram.model.ram.network.Layer;
import io.github.ram.model.ram.network.LocationNetwork;
import io.github.ram.model.ram.network.Networks;
import io.github.ram.model.ram.network.RamConfig;
import java.nio.FloatBuffer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A copy of the weights of a rollout in Java's arrays. Layers whose outputs are summed are one layer of the joined
 * inputs.
 *
 * @param what W₁, b₁: [P, patch]
 * @param where W₂, b₂: [2, location]
 * @param glimpse W₃ above W₄, b₃ + b₄: [patch + location, glimpse]
 * @param core W_h above Wᵢ, b_h + bᵢ: [core + glimpse, core], for an LSTM [core + glimpse, 4·core]
 * @param locator W_l, b_l: [core, locator]
 * @param mean W_m, b_m: [locator, 2]
 * @param action W_c, b_c: [core, classes]
 */
public record DenseWeights(
        Dense what, Dense where, Dense glimpse, Dense core, Dense locator, Dense mean, Dense action) {

    /**
     * Copies the weights.
     *
     * @param weights values by name, row-major: weights of a layer [in, out], its bias [out]
     */
    public static DenseWeights of(RamConfig config, Function<String, FloatBuffer> weights) {
        Networks networks = Networks.of(config);
        GlimpseNetwork glimpse = networks.glimpse();
        CoreNetwork core = networks.core();
        LocationNetwork location = networks.location();
        return new DenseWeights(
                joined(weights, glimpse.fc1()),
                joined(weights, glimpse.fc2()),
                joined(weights, glimpse.fc3(), glimpse.fc4()),
                joined(weights, core.recurrent(), core.input()),
                joined(weights, location.fc()),
                joined(weights, location.mean()),
                joined(weights, networks.action().fc()));
    }

    /** Returns the weights for glimpses less the padding. Most values of such glimpses are zero. */
    public DenseWeights from(float padding) {
        return new DenseWeights(what.from(padding), where, glimpse, core, locator, mean, action);
    }

    private static Dense joined(Function<String, FloatBuffer> weights, Layer... layers) {
        int in = Stream.of(layers).mapToInt(Layer::in).sum();
        float[][] rows = new float[in][layers[0].out()];
        float[] bias = new float[layers[0].out()];
        int row = 0;
        for (Layer layer : layers) {
            FloatBuffer values = weights.apply(layer.weight());
            for (int i = 0; i < layer.in(); i++) {
                values.get(rows[row++]);
            }
            FloatBuffer biases = weights.apply(layer.bias());
            for (int i = 0; i < bias.length; i++) {
                bias[i] += biases.get(i);
            }
        }
        return new Dense(rows, bias);
    }
}
