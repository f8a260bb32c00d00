package io.github.ram.model.ram.network;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The glimpse network, which combines a glimpse with its location:
 * g = relu(W₃·relu(W₁φ + b₁) + b₃ + W₄·relu(W₂l + b₂) + b₄).
 *
 * @param fc1 W₁, b₁: [P, patch]
 * @param fc2 W₂, b₂: [2, location]
 * @param fc3 W₃, b₃: [patch, glimpse]
 * @param fc4 W₄, b₄: [location, glimpse]
 */
public record GlimpseNetwork(Layer fc1, Layer fc2, Layer fc3, Layer fc4) {

    static GlimpseNetwork of(RamConfig config) {
        HiddenSizes hidden = config.hidden();
        return new GlimpseNetwork(
                new Layer("sensor.fc1", config.glimpseSize(), hidden.patch()),
                new Layer("sensor.fc2", 2, hidden.location()),
                new Layer("sensor.fc3", hidden.patch(), hidden.glimpse()),
                new Layer("sensor.fc4", hidden.location(), hidden.glimpse()));
    }

    /**
     * @param phi glimpses [N, P]
     * @param location locations of the glimpses [N, 2]
     * @return [N, glimpse]
     */
    public SDVariable apply(SDVariable phi, SDVariable location) {
        SameDiff graph = phi.getSameDiff();
        SDVariable what = graph.nn().relu(fc1.apply(phi), 0); // [N, patch]
        SDVariable where = graph.nn().relu(fc2.apply(location), 0); // [N, location]
        return graph.nn().relu(fc3.apply(what).add(fc4.apply(where)), 0); // [N, glimpse]
    }
}
