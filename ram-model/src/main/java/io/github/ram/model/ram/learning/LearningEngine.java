package io.github.ram.model.ram.learning;

import io.github.ram.model.EngineChoice;
import io.github.ram.model.graph.Backend;
import io.github.ram.model.ram.LearningGraph;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.gradient.LearningBatch;
import io.github.ram.model.ram.gradient.LossWeights;
import io.github.ram.model.ram.gradient.Losses;
import io.github.ram.model.ram.network.Weights;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Runs the rollouts of a batch and computes the losses of {@link LearningGraph} and their gradients.
 *
 * <p>Each run reads the weights in place. An engine has working memory, so only one thread may use an engine at a
 * time. Each thread of a training step has a separate engine.
 */
public interface LearningEngine extends AutoCloseable {

    /**
     * Returns an engine for weights in training.
     *
     * @param choice engine; {@link EngineChoice#AUTO} selects the fastest engine for the backend
     * @throws IllegalArgumentException if the engine does not learn
     */
    static LearningEngine of(EngineChoice choice, RamSpec model, Weights weights, LossWeights objective) {
        Backend.initialise();
        List<EngineChoice> engines = Backend.engines(EngineChoice.BLAS, EngineChoice.SAMEDIFF);
        return choice.among(engines) == EngineChoice.BLAS
                ? new BlasLearning(model, weights, objective)
                : new SameDiffLearning(model, weights, objective);
    }

    /**
     * Runs the rollouts of a batch and computes the losses and gradients.
     *
     * @return the losses with the current weights
     * @throws IllegalArgumentException if the batch belongs to another model
     */
    Losses run(LearningBatch batch);

    /**
     * Returns the gradient of the last batch's total loss by an array. The next run overwrites the gradient.
     *
     * @param name name of the array
     * @return of the array's shape; null or zeros if the loss does not depend on the array
     */
    INDArray gradient(String name);

    /** Releases the working memory. */
    @Override
    void close();
}
