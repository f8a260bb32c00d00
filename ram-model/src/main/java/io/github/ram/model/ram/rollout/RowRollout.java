package io.github.ram.model.ram.rollout;

import io.github.ram.model.dense.RowGroup;
import io.github.ram.model.dense.RowKernels;
import io.github.ram.model.dense.RowLayer;
import io.github.ram.model.ram.network.HiddenSizes;
import io.github.ram.model.ram.network.Layer;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.network.Weights;
import java.util.Arrays;

/**
 * Runs rollouts row by row, in an order of sums that does not depend on the number of rollouts. This copy of the rollout
 * exists for speed: it skips zeros, reuses its memory, and gives each row the same bits in every batch.
 *
 * <p>A batch runs in blocks of {@value #BLOCK} rollouts. Each layer runs for the whole block before the next layer, so
 * that its weights stay in the processor's cache.
 */
public final class RowRollout {

    private static final int BLOCK = 32;

    private final RamConfig config;
    private final HiddenSizes hidden;
    private final Sensor sensor;
    private final CoreState core;
    private final float padding;
    private final float[][] phi; // glimpses less the padding [BLOCK][P]
    private final float[][] location = new float[BLOCK][2];
    private final float[][] seen; // what and where [BLOCK][patch + location]
    private final float[][] state; // h, and then g [BLOCK][core + glimpse]
    private final float[][] locator; // [BLOCK][locator]
    private final float[][] y; // the output of any layer
    private final RowGroup[] groups = new RowGroup[BLOCK];

    /**
     * Makes the working memory for a model.
     *
     * @param padding value of a glimpse outside the image, normalised
     */
    public RowRollout(RamConfig config, float padding) {
        this.config = config;
        this.hidden = config.hidden();
        this.sensor = new Sensor(config, padding);
        this.padding = padding;
        this.core = CoreState.of(config, BLOCK);
        this.phi = new float[BLOCK][config.glimpseSize()];
        this.seen = new float[BLOCK][hidden.patch() + hidden.location()];
        this.state = new float[BLOCK][hidden.core() + hidden.glimpse()];
        this.locator = new float[BLOCK][hidden.locator()];
        int most = Weights.layers(config).stream().mapToInt(Layer::out).max().orElseThrow();
        this.y = new float[BLOCK][RowKernels.padded(most)];
        int longest = Math.max(Math.max(config.glimpseSize(), 2), Math.max(seen[0].length, state[0].length));
        Arrays.setAll(groups, i -> new RowGroup(RowGroup.ROWS, Math.max(longest, hidden.locator())));
    }

    /**
     * Runs all rollouts of a batch.
     *
     * @param weights for glimpses less the padding, see {@link DenseWeights#from}
     */
    public void run(RolloutBatch batch, RowWeights weights) {
        System.arraycopy(batch.starts(), 0, batch.locations(), 0, 2 * batch.size());
        for (int from = 0; from < batch.size(); from += BLOCK) {
            run(batch, from, Math.min(BLOCK, batch.size() - from), weights);
        }
    }

    /** Runs rollouts [from, from + n). */
    private void run(RolloutBatch batch, int from, int n, RowWeights weights) {
        for (int i = 0; i < n; i++) {
            Arrays.fill(state[i], 0, hidden.core(), 0); // h₀ = 0
            core.begin(i);
        }
        for (int t = 0; t < config.steps(); t++) {
            look(batch, t, from, n);
            apply(weights.what(), phi, n, seen, 0, hidden.patch()); // relu(W₁φ + b₁)
            apply(weights.where(), location, n, seen, hidden.patch(), hidden.location()); // relu(W₂l + b₂)
            apply(weights.glimpse(), seen, n, state, hidden.core(), hidden.glimpse()); // g
            weights.core().apply(state, n, y, groups);
            for (int i = 0; i < n; i++) {
                core.next(i, y[i], state[i]); // h
            }
            if (batch.kind() == RolloutBatch.Kind.IN_STEPS) {
                classify(n, weights, batch.stepProbabilities(), t * batch.size() + from);
            }
            if (t < config.steps() - 1) { // no location follows the last glimpse
                locate(batch, t, from, n, weights);
            }
        }
        classify(n, weights, batch.probabilities(), from);
    }

    /** Sets to[i][at…] to the outputs of a layer for x[i], for n rows. */
    private void apply(RowLayer layer, float[][] x, int n, float[][] to, int at, int out) {
        layer.apply(x, n, y, groups);
        for (int i = 0; i < n; i++) {
            System.arraycopy(y[i], 0, to[i], at, out);
        }
    }

    /** Takes the glimpses of a step and subtracts the padding, so that most values are zero. */
    private void look(RolloutBatch batch, int t, int from, int n) {
        int size = config.glimpseSize();
        for (int i = 0; i < n; i++) {
            int row = t * batch.size() + from + i;
            float[] to = batch.isForLearning() ? batch.glimpses() : phi[i];
            int at = batch.isForLearning() ? row * size : 0;
            sensor.look(batch, t, from + i, 1, to, at);
            subtract(to, at, padding, phi[i]);
            location[i][0] = batch.locations()[2 * row];
            location[i][1] = batch.locations()[2 * row + 1];
        }
    }

    private static void subtract(float[] from, int at, float value, float[] to) {
        for (int j = 0; j < to.length; j++) {
            to[j] = from[at + j] - value;
        }
    }

    /** Writes softmax(W_a·h + b_a) of n rollouts into n rows. */
    private void classify(int n, RowWeights weights, float[] probabilities, int row) {
        weights.action().apply(state, n, y, groups);
        for (int i = 0; i < n; i++) {
            Softmax.apply(y[i], config.classes(), probabilities, (row + i) * config.classes());
        }
    }

    /** Computes lₜ₊₁ from W_m·relu(W_l·hₜ + b_l) + b_m. */
    private void locate(RolloutBatch batch, int t, int from, int n, RowWeights weights) {
        apply(weights.locator(), state, n, locator, 0, hidden.locator());
        weights.mean().apply(locator, n, y, groups);
        for (int i = 0; i < n; i++) {
            batch.move(t, from + i, y[i][0], y[i][1]);
        }
    }
}
