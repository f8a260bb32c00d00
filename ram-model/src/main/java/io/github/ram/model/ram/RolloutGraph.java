package io.github.ram.model.ram;

import io.github.ram.model.ImageShape;
import io.github.ram.model.ram.glimpse.GlimpseSensor;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The rollout: T glimpses at each image, each location chosen by what the ones before it showed, then the
 * class. Randomness is an input: with noise of zeros the rollout is greedy.
 *
 * <p>Placeholders: {@link #IMAGES} [B, H, W, C], normalised; {@link #START} [B, 2], the first location;
 * {@link #NOISE} [T − 1, B, 2], standard normal, which σ scales (absent with one glimpse).
 *
 * <p>Outputs: {@link #PROBABILITIES} [B, classes]; {@link #LOCATIONS} [T, B, 2], those that were looked
 * at, the start first; {@link #STEP_PROBABILITIES} [T, B, classes], what the action network says after each
 * glimpse, the last being the first output; and, for learning, {@link #GLIMPSES} [T, B, P], what the sensor saw, and
 * {@link #SAMPLES} [T − 1, B, 2], the locations after the first before they were clipped to the image.
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

    /** Output: class probabilities after each glimpse [T, B, classes]. Not computed unless it is asked for. */
    public static final String STEP_PROBABILITIES = "stepProbabilities";

    /** Output: the locations looked at [T, B, 2]. */
    public static final String LOCATIONS = "locations";

    /** Output: what the sensor saw [T, B, P]. */
    public static final String GLIMPSES = "glimpses";

    /** Output: the sampled locations after the first, before clipping [T − 1, B, 2]. */
    public static final String SAMPLES = "samples";

    private RolloutGraph() {}

    /**
     * Builds the graph over weights, which it shares.
     *
     * @param padding the value of what lies outside an image, in normalised units
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
