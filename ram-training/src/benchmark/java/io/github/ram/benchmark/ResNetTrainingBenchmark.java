package io.github.ram.benchmark;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The time of a training step of a ResNet-20 with SGD on 64 images of 32×32×3, on one thread, in milliseconds. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 5, time = 3)
@State(Scope.Benchmark)
public class ResNetTrainingBenchmark {

    private static final int BATCH_SIZE = 64;
    private static final float LEARNING_RATE = 0.01f;

    @Param({"samediff", "libtorch"})
    public String engine;

    @Param({"16", "64"})
    public int width;

    private TrainingStep step;

    @Setup
    public void build() {
        step = engine.equals("libtorch")
                ? new TorchResNet(width, BATCH_SIZE, LEARNING_RATE)
                : new OwnResNet(width, BATCH_SIZE, LEARNING_RATE);
        requireThatItLearns();
    }

    /** A step that learns nothing is no training step, however fast. */
    private void requireThatItLearns() {
        double first = step.run();
        double last = first;
        for (int i = 0; i < 10; i++) {
            last = step.run();
        }
        if (!(last < first)) {
            throw new IllegalStateException("the loss was " + first + " and after ten steps " + last);
        }
    }

    @TearDown
    public void close() {
        step.close();
    }

    @Benchmark
    public double step() {
        return step.run();
    }
}
