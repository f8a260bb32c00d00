package io.github.ram.training.loop;

import io.github.ram.model.Classifier;
import io.github.ram.model.EngineChoice;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.ModelWeights;
import io.github.ram.model.Parameters;
import io.github.ram.training.data.Dataset;

/**
 * Judges candidates for a model by the validation images.
 *
 * @param validation the images
 * @param parameters of all candidates
 * @param threads that share an evaluation
 */
record ValidationJudge(Dataset validation, Parameters parameters, int threads) implements ModelSpec.Judge {

    @Override
    public int images() {
        return validation.size();
    }

    @Override
    public double crossEntropy(ModelSpec candidate, int images) {
        ModelWeights weights = ModelWeights.of(candidate, parameters);
        try (Classifier classifier = candidate.classifier(EngineChoice.AUTO, weights, Evaluator.BATCH)) {
            return new Evaluator(candidate, 1, threads)
                    .evaluate(classifier, validation, images)
                    .crossEntropy();
        }
    }
}
