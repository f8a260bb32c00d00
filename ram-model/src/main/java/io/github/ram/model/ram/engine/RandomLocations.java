package io.github.ram.model.ram.engine;

import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.rollout.RolloutBatch;
import java.util.SplittableRandom;

/**
 * Runs rollouts with uniform random locations. The engine's policy is blind
 * ({@link io.github.ram.model.ram.network.Weights#blind}): its mean is 0, so noise of u/σ gives location u.
 *
 * <p>The locations of a rollout depend only on its image, start and noise. So equal queries give equal predictions,
 * and rollouts with different noise have different locations.
 */
public final class RandomLocations implements RolloutEngine {

    private final RolloutEngine engine;

    /** @param engine engine with blind weights; {@link #close} closes that engine */
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

    /** Replaces the starts and the noise of a batch, so that a blind policy gives uniform random locations. */
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

    /** Returns a hash of the image, the start and the noise of rollout b. */
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
