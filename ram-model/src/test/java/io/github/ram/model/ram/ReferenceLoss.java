package io.github.ram.model.ram;

import io.github.ram.model.ram.gradient.LossWeights;
import io.github.ram.model.ram.network.RamConfig;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The loss of the paper's equations in doubles, as a function of the weights; what is data to a term is computed from
 * the weights at the start.
 *
 * @param inputs what rollouts saw and did, by the names that {@link LearningGraph} gives its placeholders
 * @param labels the class of each image [B]
 * @param rewards of each rollout [B]
 */
public record ReferenceLoss(
        RamConfig config,
        Map<String, double[]> weights,
        LossWeights objective,
        Map<String, INDArray> inputs,
        int[] labels,
        float[] rewards) {

    private static final double STEP = 1e-5;

    /** The derivative by one weight, of finite differences. */
    public double derivative(String name, int i) {
        return (at(moved(name, i, STEP)) - at(moved(name, i, -STEP))) / (2 * STEP);
    }

    private Map<String, double[]> moved(String name, int i, double by) {
        Map<String, double[]> moved = new HashMap<>(weights);
        moved.computeIfPresent(name, (key, values) -> values.clone())[i] += by;
        return moved;
    }

    /** The loss with some weights. */
    public double at(Map<String, double[]> w) {
        int steps = config.steps();
        double total = 0;
        for (int b = 0; b < labels.length; b++) {
            Reference.State state = Reference.State.zero(config); // moves with the weights
            Reference.State data = state; // does not
            if (objective.learnedStart()) {
                double advantage = rewards[b] - Reference.baseline(weights, data.h());
                total += objective.policyWeight()
                        * advantage
                        * surprise(row(LearningGraph.START_SAMPLES, b), Reference.mean(w, data.h()));
            }
            for (int t = 0; t < steps; t++) {
                double[] phi = row(RolloutGraph.GLIMPSES, t, b);
                double[] location = row(RolloutGraph.LOCATIONS, t, b);
                state = Reference.state(config, w, phi, location, state);
                data = Reference.state(config, weights, phi, location, data);
                total += Math.pow(Reference.baseline(w, data.h()) - rewards[b], 2) / steps;
                if (t < steps - 1) {
                    double advantage = rewards[b] - Reference.baseline(weights, data.h());
                    total += objective.policyWeight()
                            * advantage
                            * surprise(row(RolloutGraph.SAMPLES, t, b), Reference.mean(w, data.h()));
                }
                double weight = t < steps - 1 ? objective.stepWeight() : 1;
                double sum = 1 + (steps - 1) * objective.stepWeight();
                total -= weight / sum * Math.log(Reference.softmax(Reference.logits(w, state.h()))[labels[b]]);
            }
        }
        return total / labels.length;
    }

    /** −log of the normal density of both coordinates. */
    private double surprise(double[] sample, double[] mean) {
        double surprise = 0;
        for (int i = 0; i < 2; i++) {
            double z = (sample[i] - mean[i]) / config.std();
            surprise += 0.5 * z * z + Math.log(config.std() * Math.sqrt(2 * Math.PI));
        }
        return surprise;
    }

    private double[] row(String input, int... index) {
        INDArray row = inputs.get(input);
        for (int i : index) {
            row = row.slice(i);
        }
        return row.dup().toDoubleVector();
    }
}
