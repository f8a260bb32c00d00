package io.github.ram.model.ram.engine;

import io.github.ram.model.EngineChoice;
import io.github.ram.model.ModelWeights;
import io.github.ram.model.graph.Backend;
import io.github.ram.model.ram.LocationSource;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.network.Weights;
import io.github.ram.model.ram.rollout.RolloutBatch;
import java.util.List;

/**
 * Runs rollouts of one model.
 *
 * <p>An engine has working memory, so only one thread may use an engine at a time. {@link #fork} creates engines for
 * further threads, which share the weights.
 */
public interface RolloutEngine extends AutoCloseable {

    /**
     * Returns an engine for a model.
     *
     * @param choice {@link EngineChoice#AUTO} selects {@link BlasEngine} on a CPU and the build's engine on a GPU
     * @param weights weights, which {@link SameDiffEngine} shares and the other engines copy
     */
    static RolloutEngine of(EngineChoice choice, RamSpec model, ModelWeights weights) {
        if (model.locations() == LocationSource.RANDOM) {
            Weights blind =
                    Weights.of(model.network(), weights.parameters().copy()).blind();
            RamSpec policy = model.lookingBy(LocationSource.POLICY);
            return new RandomLocations(of(choice, policy, ModelWeights.of(policy, blind.parameters())));
        }
        return switch (choice.among(choices())) {
            case BLAS -> BlasEngine.of(model, weights.values());
            case ONNXRUNTIME -> OnnxEngine.of(model, weights.values());
            default -> new SameDiffEngine(model.network(), weights.graph());
        };
    }

    /** The engines on this machine, the fastest first. */
    static List<EngineChoice> choices() {
        return Backend.engines(EngineChoice.BLAS, EngineChoice.ONNXRUNTIME, EngineChoice.SAMEDIFF);
    }

    /** The engine's name, as in the property {@code ram.engine} and in the benchmark. */
    String name();

    /** The architecture of the engine's model. */
    RamConfig config();

    /**
     * Returns the largest batch in which each rollout equals its single run bit for bit. In larger batches the last
     * bits may differ.
     *
     * <p>Floating-point sums depend on their order. A BLAS library chooses the order by the number of rows. An engine
     * with kernels of this project can use one order for any number of rows.
     *
     * @return at least 1
     */
    int exactSize();

    /**
     * Runs one rollout for every image of a batch, and writes the results to the batch.
     *
     * @throws IllegalArgumentException if the batch belongs to another model, or if the engine cannot make its outputs
     */
    void run(RolloutBatch batch);

    /** Returns an engine for another thread, with the same weights and separate working memory. */
    RolloutEngine fork();

    /** Releases the working memory. Engines that share the weights stay usable. */
    @Override
    void close();
}
