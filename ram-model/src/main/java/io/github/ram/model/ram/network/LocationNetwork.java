package io.github.ram.model.ram.network;

import io.github.ram.model.ram.LearningGraph;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The location network, the mean of the policy: μₜ₊₁ = tanh(W_m·relu(W_l·hₜ + b_l) + b_m).
 *
 * @param fc W_l, b_l: [core, locator]
 * @param mean W_m, b_m: [locator, 2]
 */
public record LocationNetwork(Layer fc, Layer mean) {

    static LocationNetwork of(RamConfig config) {
        HiddenSizes hidden = config.hidden();
        return new LocationNetwork(
                new Layer("locator.fc", hidden.core(), hidden.locator()),
                new Layer("locator.fc_lt", hidden.locator(), 2));
    }

    /**
     * @param state hₜ [N, core], which must block gradients: see {@link LearningGraph}
     * @return μₜ₊₁ [N, 2], in (-1, 1)
     */
    public SDVariable apply(SDVariable state) {
        return head(fc.apply(state));
    }

    /**
     * Returns the mean for the zero state, which is the learned start location.
     *
     * @param bias b_l [1, locator]: the output of {@code fc} for a zero state
     * @return μ₁ [1, 2], in (-1, 1)
     */
    public SDVariable head(SDVariable bias) {
        var graph = bias.getSameDiff();
        return graph.math().tanh(mean.apply(graph.nn().relu(bias, 0)));
    }
}
