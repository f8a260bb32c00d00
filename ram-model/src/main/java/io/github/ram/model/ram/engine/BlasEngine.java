package io.github.ram.model.ram.engine;

import io.github.ram.model.dense.RowKernels;
import io.github.ram.model.graph.Backend;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.rollout.MatrixRollout;
import io.github.ram.model.ram.rollout.RolloutBatch;
import io.github.ram.model.ram.rollout.RowRollout;
import java.nio.FloatBuffer;
import java.util.Locale;
import java.util.Map;

/**
 * Runs rollouts on the processor: the equations of {@link io.github.ram.model.ram.RolloutGraph} in the same order, in
 * Java and OpenBLAS. The engine leaves out operations that cannot change the result.
 *
 * <p>{@link RowRollout} sums each rollout in an order that does not depend on the other rollouts. With the Vector API
 * ({@link RowKernels}) this path is the fastest for any batch. Without the Vector API, batches of {@value #MATRICES}
 * rollouts and more use OpenBLAS ({@link MatrixRollout}), whose order of sums depends on the batch size.
 *
 * <p>An engine allocates no memory after its first run.
 */
public final class BlasEngine implements RolloutEngine {

    /** The batch size from which OpenBLAS is faster than plain Java. A service runs smaller batches by default. */
    private static final int MATRICES = 64;

    private final RamConfig config;
    private final float padding;
    private final EngineWeights weights;
    private final RowRollout rows;
    private MatrixRollout matrices; // made for the first large batch

    private BlasEngine(RamConfig config, float padding, EngineWeights weights) {
        this.config = config;
        this.padding = padding;
        this.weights = weights;
        this.rows = new RowRollout(config, padding);
    }

    /**
     * Makes an engine with a copy of the weights. Later changes of the weights do not affect the engine.
     *
     * @param weights values by name, row-major: weights of a layer [in, out], its bias [out]
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

    /** Returns the largest exact batch: unlimited with the Vector API, else {@value #MATRICES} − 1. */
    @Override
    public int exactSize() {
        return RowKernels.areVectors() ? Integer.MAX_VALUE : MATRICES - 1;
    }

    /** Returns the name of the kernels that compute the products, for logs and reports. */
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

    /** Does nothing: the garbage collector frees the working memory. */
    @Override
    public void close() {
        matrices = null;
    }
}
