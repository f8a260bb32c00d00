package io.github.ram.benchmark;

import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.training.data.drawn.SampleImages;
import java.nio.file.Path;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** How long a batch of greedy rollouts takes: the time of one call, in microseconds. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsPrepend = "--add-modules=jdk.incubator.vector") // as the jars and images run
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 7, time = 1)
public class RolloutBenchmark {

    /** What all threads share. */
    @State(Scope.Benchmark)
    public static class Shared {

        /** File of the model; empty for the bundled one. */
        @Param("")
        public String checkpoint;

        @Param({"session", "samediff", "blas", "onnxruntime", "libtorch"})
        public String engine;

        Checkpoint model;
        Contender contender;

        @Setup
        public void load() throws Exception {
            model = checkpoint.isEmpty() ? Checkpoint.bundled() : Checkpoint.load(Path.of(checkpoint));
            contender = Contender.named(engine, model);
        }

        @TearDown
        public void close() {
            contender.close();
        }
    }

    /** What each thread has for itself. */
    @State(Scope.Thread)
    public static class Own {

        @Param({"1", "8", "128", "256"})
        public int batchSize;

        Contender.Batch batch;

        @Setup
        public void fill(Shared shared) throws Exception {
            byte[] pixels = SampleImages.pixels(shared.model.model().image(), batchSize);
            batch = shared.contender.batch(pixels, batchSize);
            demandTheSameAnswers(shared.model, pixels);
        }

        /** An engine that is fast with other answers has won nothing. */
        private void demandTheSameAnswers(Checkpoint model, byte[] pixels) throws Exception {
            batch.run();
            float[] answers = batch.probabilities();
            try (Contender reference = new OwnEngine(model, "samediff");
                    Contender.Batch expected = reference.batch(pixels, batchSize)) {
                expected.run();
                int different = 0;
                for (int i = 0; i < answers.length; i++) {
                    if (Math.abs(answers[i] - expected.probabilities()[i]) > 1e-3) {
                        different++;
                    }
                }
                // A rounding can move a glimpse by a pixel, and then all that follows: of one image in hundreds.
                if (different > answers.length / 50) {
                    throw new IllegalStateException(
                            different + " of " + answers.length + " probabilities are not those of the model");
                }
            }
        }

        @TearDown
        public void close() {
            batch.close();
        }
    }

    @Benchmark
    @Threads(1)
    public float[] oneCaller(Shared shared, Own own) throws Exception {
        own.batch.run();
        return own.batch.probabilities();
    }

    @Benchmark
    @Threads(2)
    public float[] twoCallers(Shared shared, Own own) throws Exception {
        own.batch.run();
        return own.batch.probabilities();
    }
}
