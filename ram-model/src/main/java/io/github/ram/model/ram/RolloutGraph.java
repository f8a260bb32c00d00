package io.github.ram.model.ram;

import io.github.ram.model.ImageShape;
import io.github.ram.model.ram.glimpse.GlimpseSensor;
import io.github.ram.model.ram.network.CoreNetwork;
import io.github.ram.model.ram.network.GlimpseConfig;
import io.github.ram.model.ram.network.Networks;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.network.Weights;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The rollout: T glimpses of each image, and then the class. The earlier glimpses determine each location. Randomness
 * is an input: with zero noise the rollout is greedy.
 *
 * <p>This graph defines the model. Checkpoints store it, GPUs run it, and tests compare the faster engines with it.
 *
 * <p>Placeholders: {@link #IMAGES} [B, H, W, C], normalised; {@link #START} [B, 2], the first location;
 * {@link #NOISE} [T − 1, B, 2], standard normal, which σ scales (absent with one glimpse).
 *
 * <p>Outputs: {@link #PROBABILITIES} [B, classes]; {@link #LOCATIONS} [T, B, 2], the locations of the glimpses,
 * including the start; {@link #STEP_PROBABILITIES} [T, B, classes], the action network's probabilities after each
 * glimpse. For learning: {@link #GLIMPSES} [T, B, P], the sensor's outputs, and {@link #SAMPLES} [T − 1, B, 2], the
 * unclipped locations after the first.
 */
public final class RolloutGraph {

    /** Placeholder: normalised images [B, H, W, C]. */
    public static final String IMAGES = "images";

    /** Placeholder: the first location of each rollout [B, 2]. */
    public static final String START = "start";

    /** Placeholder: standard normal noise of the policy [T − 1, B, 2]; zeros for a greedy rollout. */
    public static final String NOISE = "noise";

    /** Output: class probabilities [B, classes]. */
    public static final String PROBABILITIES = "probabilities";

    /** Output: class probabilities after each glimpse [T, B, classes], computed on request only. */
    public static final String STEP_PROBABILITIES = "stepProbabilities";

    /** Output: the locations of the glimpses [T, B, 2]. */
    public static final String LOCATIONS = "locations";

    /** Output: the glimpses [T, B, P]. */
    public static final String GLIMPSES = "glimpses";

    /** Output: the unclipped locations after the first [T − 1, B, 2]. */
    public static final String SAMPLES = "samples";

    private RolloutGraph() {}

    /**
     * Builds the graph, which shares the weights' arrays.
     *
     * @param padding value outside the image, in normalised units
     */
    public static SameDiff build(Weights weights, double padding) {
        RamConfig config = weights.config();
        Networks networks = Networks.of(config);
        GlimpseConfig look = config.glimpse();
        ImageShape shape = config.image();
        int steps = config.steps();

        GlimpseSensor.register();
        SameDiff graph = SameDiff.create();
        weights.declare(graph);
        SDVariable images = graph.placeHolder(
                IMAGES, DataType.FLOAT, -1, shape.height(), shape.width(), shape.channels()); // [B, H, W, C]
        SDVariable location = graph.placeHolder(START, DataType.FLOAT, -1, 2); // [B, 2]
        SDVariable noise = steps == 1 ? null : graph.placeHolder(NOISE, DataType.FLOAT, steps - 1, -1, 2);

        SDVariable[] glimpses = new SDVariable[steps];
        SDVariable[] locations = new SDVariable[steps];
        SDVariable[] samples = new SDVariable[steps - 1];
        SDVariable[] probabilities = new SDVariable[steps];
        CoreNetwork.State state = null;
        for (int t = 0; t < steps; t++) {
            locations[t] = location;
            glimpses[t] = GlimpseSensor.in(
                    images, location, look.patchSize(), look.scales(), look.scaleFactor(), padding); // [B, P]
            SDVariable g = networks.glimpse().apply(glimpses[t], location); // [B, glimpse]
            SDVariable projected = networks.core().project(g); // [B, core], of an LSTM [B, 4·core]
            state = t == 0 ? networks.core().first(projected) : networks.core().next(projected, state);
            SDVariable logits = networks.action().apply(state.h()); // [B, classes]
            probabilities[t] = t < steps - 1
                    ? graph.nn().softmax(logits, 1)
                    : graph.nn().softmax(PROBABILITIES, logits, 1); // [B, classes]
            if (t < steps - 1) { // no location follows the last glimpse
                SDVariable mean = networks.location().apply(state.h()); // [B, 2]
                SDVariable epsilon = noise.get(SDIndex.point(t)); // [B, 2]
                samples[t] = mean.add(epsilon.mul(config.std())); // [B, 2]
                location = graph.math().clipByValue(samples[t], -1, 1); // [B, 2]
            }
        }
        graph.stack(STEP_PROBABILITIES, 0, probabilities); // [T, B, classes]
        graph.stack(LOCATIONS, 0, locations); // [T, B, 2]
        graph.stack(GLIMPSES, 0, glimpses); // [T, B, P]
        if (steps > 1) {
            graph.stack(SAMPLES, 0, samples); // [T − 1, B, 2]
        }
        return graph;
    }
}
