package io.github.ram.model.ram.rollout;

import io.github.ram.model.ram.network.HiddenSizes;
import io.github.ram.model.ram.network.Layer;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.network.Weights;

/**
 * Runs large batches of rollouts by matrix products. The equations are those of {@link RowRollout}. This copy exists
 * for speed: OpenBLAS keeps sums in registers, which outweighs the products with zeros on processors with AVX-512.
 */
public final class MatrixRollout {

    /** Rollouts per block. The working memory for MNIST is about 1.5 MB. */
    private static final int BLOCK = 256;

    private final RamConfig config;
    private final Sensor sensor;
    private final CoreState core;
    private final float[] glimpses; // [BLOCK, P]
    private final float[] row; // output of any layer for one rollout
    private final float[] h; // of one rollout [core]
    private final Matrix phi;
    private final Matrix location;
    private final Matrix seen; // what and where
    private final Matrix what;
    private final Matrix where;
    private final Matrix state; // h and g
    private final Matrix hidden;
    private final Matrix glimpse;
    private final Matrix a; // the core's sum
    private final Matrix locator;
    private final Matrix mean;
    private final Matrix logits;

    /**
     * Makes the working memory for a model.
     *
     * @param padding value of a glimpse outside the image, normalised
     */
    public MatrixRollout(RamConfig config, float padding) {
        HiddenSizes sizes = config.hidden();
        this.config = config;
        this.sensor = new Sensor(config, padding);
        this.core = CoreState.of(config, BLOCK);
        this.glimpses = new float[BLOCK * config.glimpseSize()];
        this.row = new float
                [Weights.layers(config).stream().mapToInt(Layer::out).max().orElseThrow()];
        this.h = new float[sizes.core()];
        this.phi = Matrix.zeros(BLOCK, config.glimpseSize());
        this.location = Matrix.zeros(BLOCK, 2);
        this.seen = Matrix.zeros(BLOCK, sizes.patch() + sizes.location());
        this.what = seen.columns(0, sizes.patch());
        this.where = seen.columns(sizes.patch(), sizes.location());
        this.state = Matrix.zeros(BLOCK, sizes.core() + sizes.glimpse());
        this.hidden = state.columns(0, sizes.core());
        this.glimpse = state.columns(sizes.core(), sizes.glimpse());
        this.a = Matrix.zeros(BLOCK, core.sums());
        this.locator = Matrix.zeros(BLOCK, sizes.locator());
        this.mean = Matrix.zeros(BLOCK, 2);
        this.logits = Matrix.zeros(BLOCK, config.classes());
    }

    /** Runs all rollouts of a batch. */
    public void run(RolloutBatch batch, MatrixWeights weights) {
        System.arraycopy(batch.starts(), 0, batch.locations(), 0, 2 * batch.size());
        for (int from = 0; from < batch.size(); from += BLOCK) {
            run(batch, from, Math.min(BLOCK, batch.size() - from), weights);
        }
    }

    private void run(RolloutBatch batch, int from, int n, MatrixWeights weights) {
        for (int i = 0; i < n; i++) {
            core.begin(i);
        }
        for (int t = 0; t < config.steps(); t++) {
            look(batch, t, from, n);
            weights.what().rectified(n, phi, what, row);
            weights.where().rectified(n, location, where, row);
            weights.glimpse().rectified(n, seen, glimpse, row);
            next(t, n, weights);
            if (batch.kind() == RolloutBatch.Kind.IN_STEPS) {
                classify(n, weights.action(), batch.stepProbabilities(), t * batch.size() + from);
            }
            if (t < config.steps() - 1) { // no location follows the last glimpse
                locate(batch, t, from, n, weights);
            }
        }
        classify(n, weights.action(), batch.probabilities(), from);
    }

    private void look(RolloutBatch batch, int t, int from, int n) {
        int first = t * batch.size() + from;
        float[] to = batch.isForLearning() ? batch.glimpses() : glimpses;
        int at = batch.isForLearning() ? first * config.glimpseSize() : 0;
        sensor.look(batch, t, from, n, to, at);
        phi.put(n, to, at);
        location.put(n, batch.locations(), 2 * first);
    }

    private void next(int t, int n, MatrixWeights weights) {
        if (t == 0) { // h₀ = 0
            weights.input().product(n, glimpse, a);
        } else {
            weights.core().product(n, state, a);
        }
        for (int i = 0; i < n; i++) {
            weights.core().read(a, i, row);
            core.next(i, row, h);
            hidden.put(i, h);
        }
    }

    private void classify(int n, MatrixWeights.Affine action, float[] probabilities, int first) {
        action.product(n, hidden, logits);
        for (int i = 0; i < n; i++) {
            action.read(logits, i, row);
            Softmax.apply(row, config.classes(), probabilities, (first + i) * config.classes());
        }
    }

    private void locate(RolloutBatch batch, int t, int from, int n, MatrixWeights weights) {
        weights.locator().rectified(n, hidden, locator, row);
        weights.mean().product(n, locator, mean);
        for (int i = 0; i < n; i++) {
            weights.mean().read(mean, i, row);
            batch.move(t, from + i, row[0], row[1]);
        }
    }
}
