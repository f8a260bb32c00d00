package io.github.ram.model.ram.engine;

import io.github.ram.model.Normalisation;
import io.github.ram.model.ram.Location;
import io.github.ram.model.ram.RamConfig;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The input and the output of n rollouts, in arrays that are made once and used again and again.
 *
 * <p>With n = {@link #size}: images [n, H·W·C], starts [n, 2] and noise [T − 1, n, 2] go in;
 * probabilities [n, classes] and locations [T, n, 2] come out; in a batch in steps also the probabilities
 * after each glimpse [T, n, classes]; and in a batch for learning glimpses [T, n, P] and samples
 * [T − 1, n, 2]. The arrays have room for {@link #capacity} rollouts; a smaller batch uses their
 * beginnings.
 */
public final class RolloutBatch {

    /** What a batch keeps of its rollouts. */
    public enum Kind {
        /** Where they looked, and what came of it. */
        OUTCOME,
        /** Also what each glimpse made of it. */
        IN_STEPS,
        /** Also what learning needs. */
        FOR_LEARNING
    }

    private final RamConfig config;
    private final int capacity;
    private final Kind kind;
    private final float[] images;
    private final float[] starts;
    private final float[] noise;
    private final float[] probabilities;
    private final float[] stepProbabilities;
    private final float[] locations;
    private final float[] glimpses;
    private final float[] samples;
    private int size;

    private RolloutBatch(RamConfig config, int capacity, Kind kind) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, got " + capacity);
        }
        int steps = config.steps();
        this.config = config;
        this.capacity = capacity;
        this.kind = kind;
        this.size = capacity;
        this.images = new float[capacity * config.image().size()];
        this.starts = new float[capacity * 2];
        this.noise = new float[(steps - 1) * capacity * 2];
        this.probabilities = new float[capacity * config.classes()];
        this.stepProbabilities = new float[kind == Kind.IN_STEPS ? steps * capacity * config.classes() : 0];
        boolean learning = kind == Kind.FOR_LEARNING;
        this.locations = new float[steps * capacity * 2];
        this.glimpses = new float[learning ? steps * capacity * config.glimpseSize() : 0];
        this.samples = new float[learning ? (steps - 1) * capacity * 2 : 0];
    }

    /** A batch of greedy rollouts from the middle of the image, until told otherwise. */
    public static RolloutBatch of(RamConfig config, int capacity) {
        return new RolloutBatch(config, capacity, Kind.OUTCOME);
    }

    /** The same, which also keeps the probabilities after each glimpse. */
    public static RolloutBatch inSteps(RamConfig config, int capacity) {
        return new RolloutBatch(config, capacity, Kind.IN_STEPS);
    }

    /** The same, which also keeps what learning needs: glimpses and samples. */
    public static RolloutBatch forLearning(RamConfig config, int capacity) {
        return new RolloutBatch(config, capacity, Kind.FOR_LEARNING);
    }

    /** The model that it is for. */
    public RamConfig config() {
        return config;
    }

    /**
     * Refuses to run on another model.
     *
     * @throws IllegalArgumentException if the batch was made for another
     */
    public void requireFit(RamConfig other) {
        // Comparing records allocates now and then, so first whether they are the same one.
        if (config != other && !config.equals(other)) {
            throw new IllegalArgumentException("the batch was made for another model: " + config + ", not " + other);
        }
    }

    /** The most rollouts it has room for. */
    public int capacity() {
        return capacity;
    }

    /** Rollouts in the batch, n. */
    public int size() {
        return size;
    }

    /** Sets the number of rollouts, in [1, capacity]. What the batch held is void. */
    public void resize(int rollouts) {
        if (rollouts < 1 || rollouts > capacity) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "size must be in [1, %d], got %d", capacity, rollouts));
        }
        size = rollouts;
    }

    /** What it keeps of its rollouts. */
    public Kind kind() {
        return kind;
    }

    /** Whether it keeps what learning needs. */
    public boolean isForLearning() {
        return kind == Kind.FOR_LEARNING;
    }

    /** In: normalised images [n, H·W·C]. */
    public float[] images() {
        return images;
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

    /** Out: the locations looked at [T, n, 2]. */
    public float[] locations() {
        return locations;
    }

    /** Out, in a batch for learning: what the sensor saw [T, n, P]. */
    public float[] glimpses() {
        return glimpses;
    }

    /** Out, in a batch for learning: locations after the first, before clipping [T − 1, n, 2]. */
    public float[] samples() {
        return samples;
    }

    /**
     * Puts an image in.
     *
     * @param b which, in [0, n)
     * @param pixels unsigned bytes
     * @param offset where the image's H·W·C pixels begin
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
        int at = b * length;
        Normalisation.apply(normalised, pixels, offset, images, at, length);
    }

    /**
     * Puts an image in that is normalised already.
     *
     * @param b which, in [0, n)
     * @param normalised [H, W, C], the model's input
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
        System.arraycopy(normalised, 0, images, b * length, length);
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

    /** Makes rollout b greedy, from a start. */
    public void greedy(int b, Location start) {
        start(b, start);
        for (int t = 0; t < config.steps() - 1; t++) {
            noise[2 * (t * size + b)] = 0;
            noise[2 * (t * size + b) + 1] = 0;
        }
    }

    /** Makes rollout b one that is sampled: its start around the given one, its steps around the policy's means. */
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
     * @param mx what the location network's last layer gives for x
     * @param my for y
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

    /** x of the location looked at in step t, from 0, of rollout b. */
    public float x(int t, int b) {
        return locations[2 * (t * size + b)];
    }

    /** y of the location looked at in step t, from 0, of rollout b. */
    public float y(int t, int b) {
        return locations[2 * (t * size + b) + 1];
    }

    /** The class of the highest probability of rollout b; of equals the first. */
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
