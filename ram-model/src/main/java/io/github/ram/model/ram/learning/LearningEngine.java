package io.github.ram.model.ram.learning;

import io.github.ram.model.EngineChoice;
import io.github.ram.model.graph.Backend;
import io.github.ram.model.ram.LearningGraph;
import io.github.ram.model.ram.LossWeights;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.Weights;
import io.github.ram.model.ram.engine.RolloutEngine;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Rolls out a batch and computes the gradients of its losses, those of {@link LearningGraph}.
 *
 * <p>It follows weights that change in place between its runs. It has working memory, so it serves one thread at a
 * time: each thread that shares a step has its own.
 */
public interface LearningEngine extends AutoCloseable {

    /**
     * An engine for weights that are being trained.
     *
     * @param choice {@link EngineChoice#AUTO} for the fastest of the backend
     */
    static LearningEngine of(EngineChoice choice, RamSpec model, Weights weights, LossWeights objective) {
        Backend.initialise();
        return RolloutEngine.resolve(choice) == EngineChoice.BLAS
                ? new BlasLearning(model, weights, objective)
                : new SameDiffLearning(model, weights, objective);
    }

    /**
     * Runs the rollouts of a batch and computes their losses and the gradients.
     *
     * @return the losses with the weights as they are
     * @throws IllegalArgumentException if the batch was made for another model
     */
    Losses run(LearningBatch batch);

    /**
     * The gradient of the last batch's whole loss by some weights, overwritten by the next run.
     *
     * @param name of the array of weights
     * @return of the weights' shape; null or zeros if the loss does not depend on them
     */
    INDArray gradient(String name);

    /** Releases the working memory. */
    @Override
    void close();
}
