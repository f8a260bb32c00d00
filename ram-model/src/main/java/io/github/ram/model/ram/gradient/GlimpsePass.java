package io.github.ram.model.ram.gradient;

import io.github.ram.model.ram.network.GlimpseNetwork;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.rollout.Matrix;

/**
 * The glimpse network for n rollouts: forward one step at a time, backward all steps at once.
 *
 * <pre>
 * v = relu(φ·W₁ + b₁), w = relu(l·W₂ + b₂)      what and where
 * g = relu(v·W₃ + w·W₄ + b₃ + b₄)
 * ā = ḡ where g > 0, and 0 elsewhere
 * v̄ = ā·W₃ᵀ, w̄ = ā·W₄ᵀ                          and then {@link HiddenLayer}
 * W̄₃ = vᵀ·ā, W̄₄ = wᵀ·ā, b̄₃ = b̄₄ = Σ ā over the rows
 * </pre>
 */
final class GlimpsePass {

    private final Sequence phi;
    private final Sequence location;
    private final HiddenLayer what;
    private final HiddenLayer where;
    private final LinearLayer fc3;
    private final LinearLayer fc4;
    private final Sequence g;
    private final Matrix dg;
    private final Relu relu;
    private final BiasSum bias;

    GlimpsePass(RamConfig config, GlimpseNetwork network, Layers layers, int n) {
        int steps = config.steps();
        this.phi = Sequence.zeros(steps, n, config.glimpseSize());
        this.location = Sequence.zeros(steps, n, 2);
        this.what = new HiddenLayer(layers.of(network.fc1()), steps, n);
        this.where = new HiddenLayer(layers.of(network.fc2()), steps, n);
        this.fc3 = layers.of(network.fc3());
        this.fc4 = layers.of(network.fc4());
        this.g = Sequence.zeros(steps, n, fc3.out());
        this.dg = Matrix.zeros(steps * n, fc3.out());
        this.relu = new Relu(fc3.out());
        this.bias = new BiasSum(fc3, fc4);
    }

    /** Reads the biases. */
    void begin() {
        bias.begin();
    }

    /**
     * Returns gₜ.
     *
     * @param t the step, from 0
     * @param glimpses glimpses [n, P] from {@code row}
     * @param locations locations [n, 2] from {@code row}
     * @return [n, glimpse]
     */
    Matrix forward(int t, float[] glimpses, float[] locations, int row) {
        phi.at(t).put(glimpses, row * phi.all().columns());
        location.at(t).put(locations, row * 2);
        fc3.apply(what.forward(t, phi.at(t)), g.at(t), 0);
        fc4.apply(where.forward(t, location.at(t)), g.at(t), 1);
        relu.apply(g.at(t), bias.values());
        return g.at(t);
    }

    /** g [T·n, glimpse]. */
    Matrix output() {
        return g.all();
    }

    /** ḡ [T·n, glimpse], the input of {@link #learn}. */
    Matrix gradient() {
        return dg;
    }

    void learn() {
        relu.back(g.all(), dg, bias.gradient());
        fc3.learn(what.output(), dg);
        fc4.learn(where.output(), dg);
        fc3.back(dg, what.gradient(), 0);
        fc4.back(dg, where.gradient(), 0);
        what.learn(phi.all());
        where.learn(location.all());
        bias.end();
    }
}
