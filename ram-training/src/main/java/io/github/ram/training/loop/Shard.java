package io.github.ram.training.loop;

import io.github.ram.model.Learning;
import io.github.ram.model.LossTerms;
import io.github.ram.model.Normalisation;
import io.github.ram.training.augmentation.Variation;
import io.github.ram.training.data.Dataset;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The part of a training step of one thread: varies and normalises images, and learns from them. */
final class Shard implements AutoCloseable {

    private final Variation variation;
    private final float[] normalised;
    private final byte[] pixels;
    private final byte[] varied;
    private final Learning learning;
    private Learning.Examples examples = new Learning.Examples(new float[0], new int[0], 0);

    /** @param learning of this thread alone; closed with the shard */
    Shard(TrainingConfig config, Learning learning) {
        this.variation = new Variation(config.augmentation(), config.model().image());
        this.normalised = config.model().input().table();
        this.pixels = new byte[config.model().image().size()];
        this.varied = new byte[config.model().image().size()];
        this.learning = learning;
    }

    /** Images in the last part. */
    int size() {
        return examples.size();
    }

    /** The gradient of the last part's loss: see {@link Learning#gradient}. */
    INDArray gradient(String name) {
        return learning.gradient(name);
    }

    /** The value of a statistic after the last part: see {@link Learning#statistic}. */
    INDArray statistic(String name) {
        return learning.statistic(name);
    }

    /** Computes the loss of images and its gradients. */
    LossTerms learn(Dataset data, int[] images, SplittableRandom random) {
        boolean fits = examples.labels().length >= images.length;
        examples = new Learning.Examples(
                fits ? examples.images() : new float[images.length * pixels.length],
                fits ? examples.labels() : new int[images.length],
                images.length);
        for (int i = 0; i < images.length; i++) {
            data.copyPixels(images[i], pixels, 0);
            variation.apply(pixels, varied, random);
            Normalisation.apply(normalised, varied, 0, examples.images(), i * pixels.length, pixels.length);
            examples.labels()[i] = data.label(images[i]);
        }
        return learning.learn(examples, random);
    }

    @Override
    public void close() {
        learning.close();
    }
}
