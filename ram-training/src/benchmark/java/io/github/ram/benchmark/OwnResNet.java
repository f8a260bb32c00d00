package io.github.ram.benchmark;

import io.github.ram.model.ImageShape;
import io.github.ram.model.LossTerms;
import io.github.ram.model.Normalisation;
import io.github.ram.model.resnet.ResNetObjective;
import io.github.ram.model.resnet.ResNetSpec;
import io.github.ram.model.resnet.network.Attention;
import io.github.ram.model.resnet.network.ResNetConfig;
import io.github.ram.model.resnet.network.Stem;
import io.github.ram.model.resnet.network.Trunk;
import io.github.ram.training.augmentation.Augmentation;
import io.github.ram.training.data.StoredDataset;
import io.github.ram.training.data.drawn.SampleImages;
import io.github.ram.training.loop.Learner;
import io.github.ram.training.loop.TrainingConfig;
import io.github.ram.training.loop.optimizer.OptimizerConfig;
import io.github.ram.training.loop.optimizer.Schedule;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A ResNet-20 for CIFAR-10 in the trainer of this project. */
final class OwnResNet implements TrainingStep {

    private static final List<String> LABELS =
            IntStream.range(0, 10).mapToObj(Integer::toString).toList();

    private final Learner learner;
    private final StoredDataset data;
    private final int[] batch;
    private final float learningRate;
    private final SplittableRandom noise = new SplittableRandom(1);

    OwnResNet(int width, int batchSize, float learningRate) {
        this.learningRate = learningRate;
        ImageShape shape = new ImageShape(32, 32, 3);
        ResNetConfig network = new ResNetConfig(
                shape, new Trunk(20, Stem.SMALL, width), Attention.NONE, Optional.empty(), LABELS.size());
        ResNetSpec model = new ResNetSpec(network, Normalisation.of(0.5, 0.25, 0), LABELS);
        TrainingConfig config = new TrainingConfig(
                "samples",
                model,
                null,
                new TrainingConfig.Optimisation(
                        batchSize,
                        1,
                        ResNetObjective.PLAIN,
                        new OptimizerConfig(OptimizerConfig.Kind.SGD, 0.9, 5e-4),
                        0),
                new Schedule(Schedule.Decay.COSINE, learningRate, 0, 1, 1),
                Augmentation.NONE,
                1);
        learner = new Learner(config, model.initial(1));
        batch = IntStream.range(0, batchSize).toArray();
        byte[] labels = new byte[batchSize];
        for (int i = 0; i < batchSize; i++) {
            labels[i] = (byte) (i % LABELS.size());
        }
        data = new StoredDataset("samples", shape, LABELS.size(), SampleImages.pixels(shape, batchSize), labels);
    }

    @Override
    public double run() {
        return learner.step(data, batch, noise.split(), learningRate).get(LossTerms.LOSS);
    }

    @Override
    public void close() {
        learner.close();
    }
}
