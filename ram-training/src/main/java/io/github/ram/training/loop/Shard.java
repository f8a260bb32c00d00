package io.github.ram.training.loop;

import io.github.ram.model.ram.RamConfig;
import io.github.ram.model.ram.StartLocation;
import io.github.ram.model.ram.engine.RolloutBatch;
import io.github.ram.model.ram.learning.LearningBatch;
import io.github.ram.model.ram.learning.LearningEngine;
import io.github.ram.model.ram.learning.Losses;
import io.github.ram.training.augmentation.Variation;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.ram.Gaze;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One thread's part of a training step: rollouts of some images, and the gradients of their loss. */
public final class Shard implements AutoCloseable {

    private final RamConfig network;
    private final StartLocation.Kind start;
    private final Variation variation;
    private final Gaze gaze;
    private final int rollouts;
    private final double policyWeight;
    private final float[] normalised;
    private final byte[] pixels;
    private final byte[] varied;
    private final LearningEngine engine;
    private LearningBatch batch; // M rollouts of the first image, then M of the second, and so on

    /** @param engine of this thread alone; closed with the shard */
    Shard(TrainingConfig config, LearningEngine engine) {
        this.network = config.model().network();
        this.start = config.model().start().kind();
        this.variation = new Variation(config.augmentation(), network.image());
        this.gaze = config.gaze();
        this.rollouts = config.optimisation().policy().rollouts();
        this.policyWeight = config.objective().policyWeight();
        this.normalised = config.model().input().table();
        this.pixels = new byte[network.image().size()];
        this.varied = new byte[network.image().size()];
        this.engine = engine;
    }

    /** Images in the last part that it learned from. */
    int size() {
        return batch.rollouts().size() / rollouts;
    }

    /**
     * The gradient of the last part's loss, by the name of the weights; null or zeros if the loss does not depend on
     * them, as with one glimpse that of the recurrent layer.
     */
    INDArray gradient(String name) {
        return engine.gradient(name);
    }

    /**
     * Rolls out images and computes the loss and its gradients.
     *
     * @param mean the first location if it is fixed, its mean if it is learned
     */
    LossTerms learn(Dataset data, int[] images, float[] mean, SplittableRandom random) {
        prepare(data, images, mean, random);
        Losses losses = engine.run(batch);
        int n = batch.rollouts().size();
        int right = 0;
        for (int b = 0; b < n; b++) {
            right += (int) batch.reward(b);
        }
        return new LossTerms(
                losses.classification() + losses.baseline() + policyWeight * losses.policy(),
                losses.classification(),
                losses.baseline(),
                losses.policy(),
                (double) right / n);
    }

    private void prepare(Dataset data, int[] images, float[] mean, SplittableRandom random) {
        int n = images.length * rollouts;
        if (batch == null || batch.rollouts().capacity() < n) {
            batch = new LearningBatch(RolloutBatch.forLearning(network, n));
        }
        RolloutBatch input = batch.rollouts();
        input.resize(n);
        for (int b = 0; b < n; b++) {
            if (b % rollouts == 0) {
                data.copyPixels(images[b / rollouts], pixels, 0);
                variation.apply(pixels, varied, random);
            }
            input.image(b, varied, 0, normalised);
            batch.labels()[b] = data.label(images[b / rollouts]);
            for (int axis = 0; axis < 2; axis++) {
                int i = 2 * b + axis;
                float sample = switch (start) {
                    case FIXED -> mean[axis];
                    case LEARNED -> (float) (mean[axis] + network.std() * random.nextGaussian());
                    case CHOSEN -> (float) (2 * random.nextDouble() - 1);
                };
                batch.startSamples()[i] = sample;
                input.starts()[i] = Math.max(-1, Math.min(1, sample));
            }
        }
        for (int i = 0; i < 2 * n * (network.steps() - 1); i++) {
            input.noise()[i] = (float) random.nextGaussian();
        }
        gaze.look(input);
    }

    @Override
    public void close() {
        engine.close();
    }
}
