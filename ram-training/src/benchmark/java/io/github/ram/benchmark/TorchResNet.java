package io.github.ram.benchmark;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.List;

/** A ResNet-20 for CIFAR-10 in libtorch: the layers of {@code --model resnet20}. */
final class TorchResNet implements TrainingStep {

    private static final int SIDE = 32;
    private static final int CLASSES = 10;

    private final Model model;
    private final Trainer trainer;
    private final NDArray images;
    private final NDArray labels;

    TorchResNet(int width, int batchSize, float learningRate) {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        model = Model.newInstance("resnet", Device.cpu(), "PyTorch");
        model.setBlock(network(width));
        Optimizer sgd = Optimizer.sgd()
                .setLearningRateTracker(Tracker.fixed(learningRate))
                .optMomentum(0.9f)
                .optWeightDecays(5e-4f)
                .build();
        trainer = model.newTrainer(new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optOptimizer(sgd)
                .optDevices(new Device[] {Device.cpu()}));
        Shape shape = new Shape(batchSize, 3, SIDE, SIDE);
        trainer.initialize(shape);
        NDManager manager = trainer.getManager();
        images = manager.randomNormal(shape);
        labels = manager.arange(0f, batchSize).mod(CLASSES);
    }

    private static Block network(int width) {
        SequentialBlock network = new SequentialBlock().add(convolution(3, width, 1));
        network.add(normalisation()).add(Activation.reluBlock());
        for (int stage = 0; stage < 3; stage++) {
            for (int i = 0; i < 3; i++) {
                network.add(residual(width << stage, stage > 0 && i == 0));
            }
        }
        return network.add(Pool.globalAvgPool2dBlock())
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(CLASSES).build());
    }

    private static Block residual(int planes, boolean halves) {
        SequentialBlock branch = new SequentialBlock()
                .add(convolution(3, planes, halves ? 2 : 1))
                .add(normalisation())
                .add(Activation.reluBlock())
                .add(convolution(3, planes, 1))
                .add(normalisation());
        Block shortcut = halves
                ? new SequentialBlock().add(convolution(1, planes, 2)).add(normalisation())
                : Blocks.identityBlock();
        ParallelBlock sum = new ParallelBlock(
                outputs -> new NDList(
                        outputs.get(0).singletonOrThrow().add(outputs.get(1).singletonOrThrow())),
                List.of(branch, shortcut));
        return new SequentialBlock().add(sum).add(Activation.reluBlock());
    }

    private static Block convolution(int kernel, int planes, int stride) {
        return Conv2d.builder()
                .setKernelShape(new Shape(kernel, kernel))
                .optPadding(new Shape(kernel / 2, kernel / 2))
                .optStride(new Shape(stride, stride))
                .setFilters(planes)
                .optBias(false)
                .build();
    }

    private static Block normalisation() {
        return BatchNorm.builder().build();
    }

    @Override
    public double run() {
        double value;
        try (GradientCollector collector = trainer.newGradientCollector();
                NDList logits = trainer.forward(new NDList(images))) {
            NDArray loss = trainer.getLoss().evaluate(new NDList(labels), logits);
            collector.backward(loss);
            value = loss.getFloat();
        }
        trainer.step();
        return value;
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }
}
