package io.github.ram.model.resnet.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.ram.model.graph.Backend;
import io.github.ram.model.graph.Gradients;
import io.github.ram.model.graph.GraphPlan;
import io.github.ram.model.resnet.operation.GraphOperations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The gradients of each building block by its input and its parameters, against finite differences of plain loops. */
class BlockGradientTest {

    private static final int BATCH = 3;
    private static final int CHANNELS = 4;
    private static final int HEIGHT = 6;
    private static final int WIDTH = 5;
    private static final String INPUT = "x";

    @BeforeAll
    static void startBackend() {
        Backend.initialise();
    }

    static Stream<Arguments> blocks() {
        Stream<Block> residual = Stream.of(Attention.values())
                .flatMap(attention -> Stream.of(
                        new BasicBlock(new Residual("basic." + attention, CHANNELS, 4, 4, 1, attention)),
                        new BasicBlock(new Residual("strided." + attention, CHANNELS, 6, 6, 2, attention)),
                        new Bottleneck(new Residual("bottleneck." + attention, CHANNELS, 2, 8, 2, attention))));
        Stream<Block> nonLocal = TestNets.nonLocals().map(config -> new NonLocalBlock(config.toString(), config));
        Stream<Block> stems = Stream.of(Stem.values()).map(stem -> new Block() {
            @Override
            public <T> T apply(Operations<T> f, T x) {
                return stem.apply(f, x, CHANNELS, 3);
            }

            @Override
            public String toString() {
                return "stem " + stem;
            }
        });
        Block end = new Block() {
            @Override
            public <T> T apply(Operations<T> f, T x) {
                return f.linear(f.mean(x), new Linear("fc", CHANNELS, 3));
            }

            @Override
            public String toString() {
                return "mean and linear";
            }
        };
        return Stream.of(residual, nonLocal, stems, Stream.of(end))
                .flatMap(all -> all)
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void everyGradientIsThatOfFiniteDifferences(Block block) {
        SplittableRandom random = new SplittableRandom(3);
        Layout layout = new Layout();
        block.apply(layout, new int[] {CHANNELS, HEIGHT, WIDTH});
        Map<String, double[]> values = TestNets.values(layout.parameters(), 4);
        values.put(INPUT, floats(random, BATCH * CHANNELS * HEIGHT * WIDTH));
        double[] weights = floats(random, forward(block, values).values().length);

        SameDiff graph = SameDiff.create();
        GraphOperations operations =
                new GraphOperations(graph, GraphOperations.Mode.TRAINING, TestNets.arrays(layout.parameters(), values));
        INDArray x = Nd4j.createFromArray(values.get(INPUT)).castTo(DataType.FLOAT);
        INDArray input = Nd4j.create(DataType.FLOAT, BATCH, CHANNELS, HEIGHT, WIDTH);
        input.assign(x.reshape(BATCH, CHANNELS, HEIGHT, WIDTH));
        SDVariable y = block.apply(
                        operations, new GraphOperations.Value(graph.var(INPUT, input), CHANNELS, HEIGHT, WIDTH))
                .variable();
        INDArray factors = Nd4j.createFromArray(weights).castTo(DataType.FLOAT);
        SDVariable loss = graph.reshape(y, -1).mul(graph.constant(factors)).sum();
        Map<String, String> gradients = Gradients.of(loss);
        GraphPlan plan = new GraphPlan(graph, Map.of(), List.copyOf(gradients.values()));

        List<String> names = new ArrayList<>(List.of(INPUT));
        layout.parameters().stream()
                .filter(Layout.Declared::trainable)
                .forEach(parameter -> names.add(parameter.name()));
        Map<String, double[]> expected = new LinkedHashMap<>();
        Map<String, double[]> actual = new LinkedHashMap<>();
        for (String name : names) {
            double[] gradient = TestNets.doubles(plan.output(gradients.get(name)));
            double[] slopes = new double[4];
            double[] products = new double[4];
            for (int k = 0; k < slopes.length; k++) {
                double[] direction = random.doubles(gradient.length, -1, 1).toArray();
                slopes[k] = slope(block, values, weights, name, direction);
                for (int i = 0; i < direction.length; i++) {
                    products[k] += gradient[i] * direction[i];
                }
            }
            expected.put(name, slopes);
            actual.put(name, products);
        }
        double largest = expected.values().stream()
                .flatMapToDouble(DoubleStream::of)
                .map(Math::abs)
                .max()
                .orElseThrow();
        expected.forEach((name, slopes) -> assertArrayEquals(slopes, actual.get(name), 2e-4 * largest, name));
    }

    private static double slope(
            Block block, Map<String, double[]> values, double[] weights, String name, double[] direction) {
        double step = 1e-6;
        return (loss(block, moved(values, name, direction, step), weights)
                        - loss(block, moved(values, name, direction, -step), weights))
                / (2 * step);
    }

    private static Map<String, double[]> moved(
            Map<String, double[]> values, String name, double[] direction, double step) {
        double[] moved = values.get(name).clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += step * direction[i];
        }
        Map<String, double[]> all = new HashMap<>(values);
        all.put(name, moved);
        return all;
    }

    private static double loss(Block block, Map<String, double[]> values, double[] weights) {
        double[] y = forward(block, values).values();
        double loss = 0;
        for (int i = 0; i < y.length; i++) {
            loss += weights[i] * y[i];
        }
        return loss;
    }

    private static ReferenceOperations.Maps forward(Block block, Map<String, double[]> values) {
        return block.apply(
                new ReferenceOperations(values, true),
                new ReferenceOperations.Maps(BATCH, CHANNELS, HEIGHT, WIDTH, values.get(INPUT)));
    }

    private static double[] floats(SplittableRandom random, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }
}
