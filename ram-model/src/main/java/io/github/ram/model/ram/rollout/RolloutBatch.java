package io.github.ram.model.ram.rollout;

import io.github.ram.model.Check;
import io.github.ram.model.Normalisation;
import io.github.ram.model.ram.network.GlimpseConfig;
import io.github.ram.model.ram.network.Location;
import io.github.ram.model.ram.network.RamConfig;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The inputs and outputs of n rollouts, in reusable arrays.
 *
 * <p>With n = {@link #size}, the inputs are images [n, H·W·C], starts [n, 2] and noise [T − 1, n, 2]. The outputs are
 * probabilities [n, classes] and locations [T, n, 2]. A batch in steps adds the probabilities after each glimpse [T,
 * n, classes]. A batch for learning adds glimpses [T, n, P] and samples [T − 1, n, 2]. The arrays have room for
 * {@link #capacity} rollouts; a smaller batch uses their first elements.
 */
public final class RolloutBatch {

    /** The outputs that a batch keeps. */
    public enum Kind {
        /** Locations and final probabilities. */
        OUTCOME,
        /** Also the probabilities after each glimpse. */
        IN_STEPS,
        /** Also glimpses and samples, for learning. */
        FOR_LEARNING
    }

    private final RamConfig config;
    private final int capacity;
    private final Kind kind;
    private final boolean large; // whether an image has more pixels than all its glimpses together
    private final float[][] inPlace; // large images, which are not copied; null for each other image
    private float[] images; // null until needed
    private final float[] starts;
    private final float[] noise;
    private final float[] probabilities;
    private final float[] stepProbabilities;
    private final float[] locations;
    private final float[] glimpses;
    private final float[] samples;
    private int size;

    private RolloutBatch(RamConfig config, int capacity, Kind kind) {
        Check.atLeast("capacity", 1, capacity);
        int steps = config.steps();
        this.config = config;
        this.capacity = capacity;
        this.kind = kind;
        this.size = capacity;
        GlimpseConfig glimpse = config.glimpse();
        long extent = glimpse.extent(glimpse.scales() - 1);
        this.large = (long) config.image().height() * config.image().width() > steps * extent * extent;
        this.inPlace = new float[capacity][];
        this.starts = new float[capacity * 2];
        this.noise = new float[(steps - 1) * capacity * 2];
        this.probabilities = new float[capacity * config.classes()];
        this.stepProbabilities = new float[kind == Kind.IN_STEPS ? steps * capacity * config.classes() : 0];
        boolean learning = kind == Kind.FOR_LEARNING;
        this.locations = new float[steps * capacity * 2];
        this.glimpses = new float[learning ? steps * capacity * config.glimpseSize() : 0];
        this.samples = new float[learning ? (steps - 1) * capacity * 2 : 0];
    }

    /** Returns a batch for outcomes. Its rollouts are initially greedy and start at the centre of the image. */
    public static RolloutBatch of(RamConfig config, int capacity) {
        return new RolloutBatch(config, capacity, Kind.OUTCOME);
    }

    /** Returns a batch that also keeps the probabilities after each glimpse. */
    public static RolloutBatch inSteps(RamConfig config, int capacity) {
        return new RolloutBatch(config, capacity, Kind.IN_STEPS);
    }

    /** Returns a batch that also keeps glimpses and samples, for learning. */
    public static RolloutBatch forLearning(RamConfig config, int capacity) {
        return new RolloutBatch(config, capacity, Kind.FOR_LEARNING);
    }

    /** The architecture of the batch's model. */
    public RamConfig config() {
        return config;
    }

    /**
     * Checks that the batch belongs to a model.
     *
     * @throws IllegalArgumentException if the batch belongs to another model
     */
    public void requireFit(RamConfig other) {
        // The comparison of references is first, because a comparison of records sometimes allocates memory.
        if (config != other && !config.equals(other)) {
            throw new IllegalArgumentException("the batch was made for another model: " + config + ", not " + other);
        }
    }

    /** The largest number of rollouts. */
    public int capacity() {
        return capacity;
    }

    /** Rollouts in the batch, n. */
    public int size() {
        return size;
    }

    /** Sets the number of rollouts, in [1, capacity]. The previous contents become invalid. */
    public void resize(int rollouts) {
        Check.inRange("size", 1, capacity, rollouts);
        size = rollouts;
    }

    /** The outputs that the batch keeps. */
    public Kind kind() {
        return kind;
    }

    /** Whether the batch keeps glimpses and samples. */
    public boolean isForLearning() {
        return kind == Kind.FOR_LEARNING;
    }

    /** In: normalised images [n, H·W·C]. */
    public float[] images() {
        int length = config.image().size();
        for (int b = 0; b < size; b++) {
            if (inPlace[b] != null) {
                System.arraycopy(inPlace[b], 0, allocated(), b * length, length);
                inPlace[b] = null;
            }
        }
        return allocated();
    }

    /** Returns the array of images. The engines of this project need no such array for large images. */
    private float[] allocated() {
        if (images == null) {
            images = new float[Math.multiplyExact(capacity, config.image().size())];
        }
        return images;
    }

    /**
     * Reads a part of an image.
     *
     * @param b which, in [0, n)
     * @param from index of the first of {@code count} values in the image
     * @param to receives the values from index {@code at}
     */
    void read(int b, int from, int count, float[] to, int at) {
        if (inPlace[b] == null) {
            System.arraycopy(allocated(), b * config.image().size() + from, to, at, count);
        } else {
            System.arraycopy(inPlace[b], from, to, at, count);
        }
    }

    /** In: first locations [n, 2]. */
    public float[] starts() {
        return starts;
    }

    /** In: standard normal noise of the policy [T − 1, n, 2]; zeros for greedy rollouts. */
    public float[] noise() {
        return noise;
    }

    /** Out: class probabilities [n, classes]. */
    public float[] probabilities() {
        return probabilities;
    }

    /** Out, in a batch in steps: class probabilities after each glimpse [T, n, classes]. */
    public float[] stepProbabilities() {
        return stepProbabilities;
    }

    /** Out: the locations of the glimpses [T, n, 2]. */
    public float[] locations() {
        return locations;
    }

    /** Out, in a batch for learning: the glimpses [T, n, P]. */
    public float[] glimpses() {
        return glimpses;
    }

    /** Out, in a batch for learning: locations after the first, before clipping [T − 1, n, 2]. */
    public float[] samples() {
        return samples;
    }

    /**
     * Sets an image from bytes.
     *
     * @param b which, in [0, n)
     * @param pixels unsigned bytes
     * @param offset index of the first of the image's H·W·C pixels
     * @param normalised table of the normalisation: {@link Normalisation#table}
     */
    public void image(int b, byte[] pixels, int offset, float[] normalised) {
        int length = config.image().size();
        if (offset + length > pixels.length) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "an image of this model has %d pixels (%s), got %d",
                    length,
                    config.image(),
                    pixels.length - offset));
        }
        inPlace[b] = null;
        Normalisation.apply(normalised, pixels, offset, allocated(), b * length, length);
    }

    /**
     * Sets a normalised image. An engine of this project reads only what it looks at of an image that has more pixels than
     * all its glimpses together. The batch does not copy such an image, so the cost of a rollout does not depend on its size.
     *
     * @param b which, in [0, n)
     * @param normalised [H, W, C], the model's input; it must not change before the rollouts have run
     */
    public void image(int b, float[] normalised) {
        int length = config.image().size();
        if (normalised.length != length) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "an image of this model has %d pixels (%s), got %d",
                    length,
                    config.image(),
                    normalised.length));
        }
        inPlace[b] = large ? normalised : null;
        if (!large) {
            System.arraycopy(normalised, 0, allocated(), b * length, length);
        }
    }

    /** Drops the references to images that the batch did not copy. */
    public void release() {
        Arrays.fill(inPlace, null);
    }

    /** Sets the first location of rollout b. */
    public void start(int b, Location location) {
        starts[2 * b] = location.x();
        starts[2 * b + 1] = location.y();
    }

    /** Sets the first location of every rollout. */
    public void start(Location location) {
        for (int b = 0; b < size; b++) {
            start(b, location);
        }
    }

    /** Makes rollout b greedy, with a start. */
    public void greedy(int b, Location start) {
        start(b, start);
        for (int t = 0; t < config.steps() - 1; t++) {
            noise[2 * (t * size + b)] = 0;
            noise[2 * (t * size + b) + 1] = 0;
        }
    }

    /** Makes rollout b sampled: noise is added to the given start and to the policy's means. */
    public void sampled(int b, Location start, SplittableRandom random) {
        starts[2 * b] = near(start.x(), random);
        starts[2 * b + 1] = near(start.y(), random);
        for (int t = 0; t < config.steps() - 1; t++) {
            noise[2 * (t * size + b)] = (float) random.nextGaussian();
            noise[2 * (t * size + b) + 1] = (float) random.nextGaussian();
        }
    }

    private float near(float coordinate, SplittableRandom random) {
        return (float) Math.max(-1, Math.min(1, coordinate + config.std() * random.nextGaussian()));
    }

    /**
     * Sets the location of rollout b after step t, from 0: clip(tanh(m) + σ·ε).
     *
     * @param mx output of the location network's last layer for x
     * @param my output of the location network's last layer for y
     */
    void move(int t, int b, float mx, float my) {
        int at = 2 * (t * size + b);
        move(at, mx);
        move(at + 1, my);
    }

    private void move(int at, float m) {
        float sample = (float) Math.tanh(m) + noise[at] * (float) config.std();
        if (isForLearning()) {
            samples[at] = sample;
        }
        locations[at + 2 * size] = Math.max(-1, Math.min(1, sample));
    }

    /** Returns x of rollout b's location in step t, from 0. */
    public float x(int t, int b) {
        return locations[2 * (t * size + b)];
    }

    /** Returns y of rollout b's location in step t, from 0. */
    public float y(int t, int b) {
        return locations[2 * (t * size + b) + 1];
    }

    /** Returns the most probable class of rollout b; the lowest index wins a tie. */
    public int argmax(int b) {
        int best = 0;
        int classes = config.classes();
        for (int c = 1; c < classes; c++) {
            if (probabilities[b * classes + c] > probabilities[b * classes + best]) {
                best = c;
            }
        }
        return best;
    }
}
