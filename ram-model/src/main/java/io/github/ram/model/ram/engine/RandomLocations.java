package io.github.ram.model.ram.engine;

import io.github.ram.model.ram.RamConfig;
import java.util.SplittableRandom;

/**
 * Runs a model whose policy is blind ({@link io.github.ram.model.ram.Weights#blind}) and makes it look anywhere in the
 * image with equal probability. The mean of a blind policy is 0, so noise of u/σ gives location u.
 *
 * <p>The locations of a rollout are a function of its image, its start and its noise. So the same query always gets the
 * same answer, and rollouts of one image that differ in their noise look at different places.
 */
public final class RandomLocations implements RolloutEngine {

    private final RolloutEngine engine;

    /** @param engine runs blind weights; closed with this engine */
    RandomLocations(RolloutEngine engine) {
        this.engine = engine;
    }

    @Override
    public String name() {
        return engine.name();
    }

    @Override
    public RamConfig config() {
        return engine.config();
    }

    @Override
    public int exactSize() {
        return engine.exactSize();
    }

    @Override
    public void run(RolloutBatch batch) {
        choose(batch);
        engine.run(batch);
    }

    /** Replaces the starts and the noise of a batch by those that make a blind policy look anywhere. */
    public static void choose(RolloutBatch batch) {
        int steps = batch.config().steps();
        for (int b = 0; b < batch.size(); b++) {
            SplittableRandom random = new SplittableRandom(hash(batch, b));
            for (int axis = 0; axis < 2; axis++) {
                batch.starts()[2 * b + axis] = (float) uniform(random);
            }
            for (int t = 0; t < steps - 1; t++) {
                for (int axis = 0; axis < 2; axis++) {
                    int i = 2 * (t * batch.size() + b) + axis;
                    batch.noise()[i] = (float) (uniform(random) / batch.config().std());
                }
            }
        }
    }

    private static double uniform(SplittableRandom random) {
        return 2 * random.nextDouble() - 1;
    }

    /** A hash of the image, the start and the noise of rollout b. */
    private static long hash(RolloutBatch batch, int b) {
        long hash = 0;
        int image = batch.config().image().size();
        for (int i = 0; i < image; i++) {
            hash = 31 * hash + Float.floatToRawIntBits(batch.images()[b * image + i]);
        }
        for (int axis = 0; axis < 2; axis++) {
            hash = 31 * hash + Float.floatToRawIntBits(batch.starts()[2 * b + axis]);
            for (int t = 0; t < batch.config().steps() - 1; t++) {
                hash = 31 * hash + Float.floatToRawIntBits(batch.noise()[2 * (t * batch.size() + b) + axis]);
            }
        }
        return hash;
    }

    @Override
    public RolloutEngine fork() {
        return new RandomLocations(engine.fork());
    }

    @Override
    public void close() {
        engine.close();
    }
}
