package io.github.ram.model.engine;

import io.github.ram.model.ModelSpec;
import io.github.ram.model.RamConfig;
import io.github.ram.model.Weights;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Runs rollouts on the processor by code of its own: the equations of
 * {@link io.github.ram.model.RolloutGraph} in the same order, without what cannot matter to the result.
 *
 * <p>All inputs of a product but the glimpse and the location come from a relu, which leaves about half of
 * them at zero; {@link Dense} reads no weights for those. That also leaves out W_h in the first step,
 * where the state is zero. The location network is not asked after the last glimpse.
 *
 * <p>After the first run an engine allocates nothing.
 */
public final class BlasEngine implements RolloutEngine {

    private final RamConfig config;
    private final float padding;
    private final Supplier<DenseWeights> weights;
    private final Rollout rollout;

    private BlasEngine(RamConfig config, float padding, Supplier<DenseWeights> weights) {
        this.config = config;
        this.padding = padding;
        this.weights = weights;
        this.rollout = new Rollout(config, padding);
    }

    /**
     * An engine for weights as they are now: what becomes of them later does not change it.
     *
     * @param weights by name: those of a layer [in, out], its bias [out], row-major
     */
    public static BlasEngine of(ModelSpec model, Map<String, FloatBuffer> weights) {
        DenseWeights copy =
                DenseWeights.of(model.network(), name -> weights.get(name).duplicate());
        return new BlasEngine(model.network(), (float) model.input().padding(), () -> copy);
    }

    /**
     * An engine for weights that change in place, such as those being trained: each run reads them anew,
     * and must not be going on while they change.
     */
    public static BlasEngine live(ModelSpec model, Weights weights) {
        Supplier<DenseWeights> now = () -> DenseWeights.of(
                model.network(), name -> Floats.read(weights.arrays().get(name)));
        return new BlasEngine(model.network(), (float) model.input().padding(), now);
    }

    @Override
    public String name() {
        return "blas";
    }

    @Override
    public RamConfig config() {
        return config;
    }

    /** As many as one likes: every rollout is computed by itself. */
    @Override
    public int exactSize() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void run(RolloutBatch batch) {
        batch.requireFit(config);
        rollout.run(batch, weights.get());
    }

    @Override
    public RolloutEngine fork() {
        return new BlasEngine(config, padding, weights);
    }

    /** Does nothing: the working memory is Java's. */
    @Override
    public void close() {}
}
