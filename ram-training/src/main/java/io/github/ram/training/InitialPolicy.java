package io.github.ram.training;

import io.github.ram.model.Layer;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.RamConfig;
import io.github.ram.model.Weights;
import io.github.ram.model.engine.RolloutBatch;
import io.github.ram.model.engine.RolloutEngine;
import io.github.ram.training.data.Dataset;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Fits the first weights of the policy to the data: scales and shifts the output of the location network
 * so that the locations of greedy rollouts are spread around the middle of the image.
 *
 * <p>All inputs of that layer are positive, so weights drawn at random send every glimpse the same way,
 * and whatever REINFORCE then learns has to overcome that first. Spread out, the glimpses see most of the
 * image from the first step on. The method is the data-dependent initialisation of Salimans and Kingma,
 * 2016.
 */
final class InitialPolicy {

    /** Standard deviation of μ before the tanh: three locations of four are within 0.43 of the middle. */
    private static final double SPREAD = 0.4;

    private static final int IMAGES = 512;
    private static final int ROUNDS = 5; // where the model looks changes what it sees, so not in one go

    private InitialPolicy() {}

    /** Changes the weights of the location network, in place. */
    static void spread(ModelSpec model, Weights weights, RolloutEngine engine, Dataset data) {
        RamConfig network = model.network();
        if (network.steps() == 1) {
            return;
        }
        RolloutBatch batch = RolloutBatch.of(network, Math.min(IMAGES, data.size()));
        byte[] pixels = new byte[network.image().size()];
        float[] normalised = model.input().table();
        for (int b = 0; b < batch.size(); b++) {
            data.copyPixels(b, pixels, 0);
            batch.image(b, pixels, 0, normalised);
        }
        batch.start(model.start().location());
        for (int round = 0; round < ROUNDS; round++) {
            engine.run(batch);
            for (int axis = 0; axis < 2; axis++) {
                spread(batch, axis, weights);
            }
        }
    }

    private static void spread(RolloutBatch batch, int axis, Weights weights) {
        double sum = 0;
        double squares = 0;
        int first = 2 * batch.size(); // the start location is not of the policy's choosing
        int end = first * batch.config().steps();
        for (int i = first + axis; i < end; i += 2) {
            double location = Math.max(-0.9999, Math.min(0.9999, batch.locations()[i]));
            double before = 0.5 * Math.log((1 + location) / (1 - location)); // artanh
            sum += before;
            squares += before * before;
        }
        double count = (end - first) / 2.0;
        double mean = sum / count;
        double scale = SPREAD / Math.sqrt(Math.max(1e-12, squares / count - mean * mean));
        Layer mu = Weights.policyMean(weights.config());
        INDArray weight = weights.arrays().get(mu.weight());
        INDArray bias = weights.arrays().get(mu.bias());
        for (int row = 0; row < weight.rows(); row++) {
            weight.putScalar(row, axis, scale * weight.getDouble(row, axis));
        }
        bias.putScalar(0, axis, scale * (bias.getDouble(0, axis) - mean));
    }
}
