package io.github.ram.model.ram.engine;

import io.github.ram.model.graph.Backend;
import io.github.ram.model.ram.RamConfig;
import io.github.ram.model.ram.RamSpec;
import java.nio.FloatBuffer;
import java.util.Locale;
import java.util.Map;

/**
 * Runs rollouts on the processor by code of its own: the equations of
 * {@link io.github.ram.model.ram.RolloutGraph} in the same order, without what cannot matter to the result.
 *
 * <p>{@link RowRollout} computes each rollout in an order of sums that does not depend on the others. By the Vector
 * API ({@link RowKernels}) it is the fastest for any number of them. Without it, from {@value #MATRICES} rollouts on,
 * OpenBLAS multiplies whole matrices ({@link MatrixRollout}) in an order that depends on their size.
 *
 * <p>After the first run an engine allocates nothing.
 */
public final class BlasEngine implements RolloutEngine {

    /** The rollouts from which on plain Java is slower than OpenBLAS: more than a service runs together. */
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

    /** Any number by the Vector API; without it {@value #MATRICES} − 1. */
    @Override
    public int exactSize() {
        return RowKernels.areVectors() ? Integer.MAX_VALUE : MATRICES - 1;
    }

    /** What computes the engine's products, for people. */
    public static String kernels() {
        return RowKernels.areVectors()
                ? RowKernels.name()
                : String.format(
                        Locale.ROOT, "%s, from %d images on %s", RowKernels.name(), MATRICES, Backend.kernels());
    }

    @Override
    public void run(RolloutBatch batch) {
        batch.requireFit(config);
        if (batch.size() <= exactSize()) {
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
