package io.github.ram.model.ram.engine;

import io.github.ram.model.ram.RamConfig;
import io.github.ram.model.ram.RamSpec;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * Runs rollouts on the processor by code of its own: the equations of
 * {@link io.github.ram.model.ram.RolloutGraph} in the same order, without what cannot matter to the result.
 *
 * <p>Few rollouts are computed each by itself ({@link RowRollout}): nearly all inputs of products come from a relu,
 * which leaves about half of them at zero, or are a glimpse, which is mostly background, and no weights are read for
 * zeros. From {@value #MATRICES} on, OpenBLAS multiplies whole matrices ({@link MatrixRollout}), which adds up in an
 * order that depends on their size.
 *
 * <p>After the first run an engine allocates nothing.
 */
public final class BlasEngine implements RolloutEngine {

    /**
     * Rollouts from which on matrices are used: well above what a service runs together, whose answers must not depend on
     * each other. On AMD's Zen 5 they are 1.6 times as fast from there on.
     */
    private static final int MATRICES = 64;

    private final RamConfig config;
    private final float padding;
    private final EngineWeights weights;
    private final RowRollout rows;
    private MatrixRollout matrices; // made when it is needed

    private BlasEngine(RamConfig config, float padding, EngineWeights weights) {
        this.config = config;
        this.padding = padding;
        this.weights = weights;
        this.rows = new RowRollout(config, padding);
    }

    /**
     * An engine for weights as they are now: what becomes of them later does not change it.
     *
     * @param weights by name: those of a layer [in, out], its bias [out], row-major
     */
    public static BlasEngine of(RamSpec model, Map<String, FloatBuffer> weights) {
        return new BlasEngine(model.network(), (float) model.input().padding(), new EngineWeights(model, weights));
    }

    @Override
    public String name() {
        return "blas";
    }

    @Override
    public RamConfig config() {
        return config;
    }

    /** As many as are computed each by itself. */
    @Override
    public int exactSize() {
        return MATRICES - 1;
    }

    @Override
    public void run(RolloutBatch batch) {
        batch.requireFit(config);
        if (batch.size() < MATRICES) {
            rows.run(batch, weights.rows());
            return;
        }
        if (matrices == null) {
            matrices = new MatrixRollout(config, padding);
        }
        matrices.run(batch, weights.matrices());
    }

    @Override
    public RolloutEngine fork() {
        return new BlasEngine(config, padding, weights);
    }

    /** Leaves the working memory to Java, which frees what nobody refers to. */
    @Override
    public void close() {
        matrices = null;
    }
}
