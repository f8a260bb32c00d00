package io.github.ram.model.ram.engine;

import io.github.ram.model.EngineChoice;
import io.github.ram.model.ModelWeights;
import io.github.ram.model.graph.Backend;
import io.github.ram.model.ram.LocationSource;
import io.github.ram.model.ram.RamConfig;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.Weights;
import java.util.List;

/**
 * Runs rollouts of one model.
 *
 * <p>An engine has working memory, so it serves one thread at a time. For more threads {@link #fork}
 * makes engines that share its weights.
 */
public interface RolloutEngine extends AutoCloseable {

    /**
     * An engine that runs a model.
     *
     * @param choice {@link EngineChoice#AUTO} stands for {@link BlasEngine} on a CPU and {@link SameDiffEngine} on a GPU
     * @param weights copied by {@link BlasEngine}, shared by {@link SameDiffEngine}
     */
    static RolloutEngine of(EngineChoice choice, RamSpec model, ModelWeights weights) {
        if (model.locations() == LocationSource.RANDOM) {
            Weights blind =
                    Weights.of(model.network(), weights.parameters().copy()).blind();
            RamSpec policy = model.lookingBy(LocationSource.POLICY);
            return new RandomLocations(of(choice, policy, ModelWeights.of(policy, blind.parameters())));
        }
        return resolve(choice) == EngineChoice.BLAS
                ? BlasEngine.of(model, weights.values())
                : new SameDiffEngine(model.network(), weights.graph());
    }

    /** The engines on this machine, the fastest first. */
    static List<EngineChoice> choices() {
        return Backend.name().equals("cpu")
                ? List.of(EngineChoice.BLAS, EngineChoice.SAMEDIFF)
                : List.of(EngineChoice.SAMEDIFF, EngineChoice.BLAS);
    }

    /** The engine that a choice stands for on this machine. */
    static EngineChoice resolve(EngineChoice choice) {
        return choice.among(choices());
    }

    /** Its name, as the {@code ram.engine} property and the benchmark give it. */
    String name();

    /** The model it runs. */
    RamConfig config();

    /**
     * The most rollouts that can be run together so that each gives, bit for bit, what it gives alone. In
     * larger batches it gives the same but for the last bits.
     *
     * <p>Floating-point sums depend on their order, and a library of matrix products picks another one for
     * another number of rows. An engine that has the order in its own hands need not: for every row it can
     * add up the same products in the same order, however many rows there are.
     *
     * @return at least 1
     */
    int exactSize();

    /**
     * Runs one rollout for every image of a batch, and leaves the results in it.
     *
     * @throws IllegalArgumentException if the batch was made for another model
     */
    void run(RolloutBatch batch);

    /** An engine for another thread: the same weights, separate working memory. */
    RolloutEngine fork();

    /** Releases the working memory; the weights stay with the other engines that share them. */
    @Override
    void close();
}
