package io.github.ram.model.ram.engine;

import io.github.ram.model.ram.HiddenSizes;
import io.github.ram.model.ram.Layer;
import io.github.ram.model.ram.RamConfig;
import io.github.ram.model.ram.Weights;

/**
 * The working memory of one engine for few rollouts, and the equations that use it.
 *
 * <p>A batch is run in blocks of {@value #BLOCK} rollouts, each layer for the whole block before the next:
 * a layer's weights are then read from the processor's cache by all rollouts but the first.
 */
final class RowRollout {

    private static final int BLOCK = 16;

    private final RamConfig config;
    private final HiddenSizes hidden;
    private final Sensor sensor;
    private final Sparse[] seen = new Sparse[BLOCK]; // what and where [patch + location]
    private final Sparse[] state = new Sparse[BLOCK]; // h, and then g [core + glimpse]
    private final CoreState core;
    private final float padding;
    private final Sparse input; // of one rollout: a glimpse less the padding [P], a location [2]
    private final Sparse locator; // of one rollout [locator]
    private final float[] phi; // one glimpse [P]
    private final float[] y; // the output of any layer, one rollout

    RowRollout(RamConfig config, float padding) {
        this.config = config;
        this.hidden = config.hidden();
        this.sensor = new Sensor(config, padding);
        this.padding = padding;
        for (int i = 0; i < BLOCK; i++) {
            seen[i] = new Sparse(hidden.patch() + hidden.location());
            state[i] = new Sparse(hidden.core() + hidden.glimpse());
        }
        this.core = CoreState.of(config, BLOCK);
        this.input = new Sparse(Math.max(2, config.glimpseSize()));
        this.locator = new Sparse(hidden.locator());
        this.phi = new float[config.glimpseSize()];
        this.y = new float
                [Weights.layers(config).stream().mapToInt(Layer::out).max().orElseThrow()];
    }

    void run(RolloutBatch batch, DenseWeights weights) {
        System.arraycopy(batch.starts(), 0, batch.locations(), 0, 2 * batch.size());
        for (int from = 0; from < batch.size(); from += BLOCK) {
            run(batch, from, Math.min(BLOCK, batch.size() - from), weights);
        }
    }

    /** Runs rollouts [from, from + n). */
    private void run(RolloutBatch batch, int from, int n, DenseWeights weights) {
        for (int i = 0; i < n; i++) {
            state[i].clear(); // h₀ = 0
            core.begin(i);
        }
        for (int t = 0; t < config.steps(); t++) {
            for (int i = 0; i < n; i++) {
                glimpse(batch, t, from + i, weights, seen[i]);
            }
            for (int i = 0; i < n; i++) {
                weights.glimpse().apply(seen[i], y); // g
                state[i].addRelu(y, hidden.glimpse(), hidden.core());
            }
            for (int i = 0; i < n; i++) {
                weights.core().apply(state[i], y);
                core.next(i, y, state[i]); // h
            }
            if (batch.kind() == RolloutBatch.Kind.IN_STEPS) {
                classify(n, weights, batch.stepProbabilities(), t * batch.size() + from);
            }
            if (t < config.steps() - 1) { // no location follows the last glimpse
                for (int i = 0; i < n; i++) {
                    locate(batch, t, from + i, weights, state[i]);
                }
            }
        }
        classify(n, weights, batch.probabilities(), from);
    }

    /** softmax(W_a·h + b_a) of n rollouts, into as many rows. */
    private void classify(int n, DenseWeights weights, float[] probabilities, int row) {
        for (int i = 0; i < n; i++) {
            weights.action().apply(state[i], y);
            Softmax.apply(y, config.classes(), probabilities, (row + i) * config.classes());
        }
    }

    /** relu(W₁φ + b₁), where the first layer takes φ − padding, and relu(W₂l + b₂). */
    private void glimpse(RolloutBatch batch, int t, int b, DenseWeights weights, Sparse seen) {
        int location = 2 * (t * batch.size() + b);
        int size = config.glimpseSize();
        float[] to = batch.isForLearning() ? batch.glimpses() : phi;
        int at = batch.isForLearning() ? (t * batch.size() + b) * size : 0;
        sensor.look(batch, t, b, 1, to, at);
        seen.clear();
        input.clear();
        input.addDifference(to, at, size, padding, 0);
        weights.what().apply(input, y);
        seen.addRelu(y, hidden.patch(), 0);
        input.clear();
        input.addAll(batch.locations(), location, 2, 0);
        weights.where().apply(input, y);
        seen.addRelu(y, hidden.location(), hidden.patch());
    }

    /** lₜ₊₁, of W_m·relu(W_l·hₜ + b_l) + b_m. */
    private void locate(RolloutBatch batch, int t, int b, DenseWeights weights, Sparse h) {
        weights.locator().apply(h, y);
        locator.clear();
        locator.addRelu(y, hidden.locator(), 0);
        weights.mean().apply(locator, y);
        batch.move(t, b, y[0], y[1]);
    }
}
