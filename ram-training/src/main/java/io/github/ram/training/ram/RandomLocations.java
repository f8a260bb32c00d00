package io.github.ram.training.ram;

import io.github.ram.model.ram.RamConfig;
import io.github.ram.model.ram.Weights;
import io.github.ram.model.ram.engine.RolloutBatch;
import io.github.ram.model.ram.engine.RolloutEngine;
import java.util.SplittableRandom;

/**
 * Runs a model whose policy is {@link #blind}, and makes it look anywhere in the image, every place as likely as any
 * other: the mean of the policy is 0 then, so noise of u/σ is the location u.
 *
 * <p>Where a rollout looks is a function of what was asked: of its image, its start and its noise. So the same question
 * always gets the same answer, and rollouts of one image that differ in their noise look at different places.
 */
public final class RandomLocations implements RolloutEngine {

    private final RolloutEngine engine;

    /** @param engine runs weights that are blind; closed with this one */
    RandomLocations(RolloutEngine engine) {
        this.engine = engine;
    }

    /** Makes the policy of some weights blind, in place: its mean is 0, whatever it sees. */
    public static Weights blind(Weights weights) {
        Weights.policy(weights.config())
                .forEach(name -> weights.arrays().get(name).assign(0));
        return weights;
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

    /** Puts in starts and noise that make a blind policy look anywhere, in place of those that are there. */
    static void choose(RolloutBatch batch) {
        int steps = batch.config().steps();
        for (int b = 0; b < batch.size(); b++) {
            SplittableRandom random = new SplittableRandom(question(batch, b));
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

    /** A number that tells what was asked from whatever else could be. */
    private static long question(RolloutBatch batch, int b) {
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
