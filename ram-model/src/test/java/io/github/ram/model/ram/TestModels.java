package io.github.ram.model.ram;

import static io.github.ram.model.ram.network.RamConfig.Core.LSTM;
import static io.github.ram.model.ram.network.RamConfig.Core.RELU;

import io.github.ram.model.ImageShape;
import io.github.ram.model.Normalisation;
import io.github.ram.model.graph.Floats;
import io.github.ram.model.ram.network.GlimpseConfig;
import io.github.ram.model.ram.network.HiddenSizes;
import io.github.ram.model.ram.network.Location;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.network.Weights;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Models and images for tests. */
public final class TestModels {

    /** Not square, three channels, odd patches, three scales: whatever holds here holds for MNIST. */
    public static final RamConfig ODD = new RamConfig(
            new ImageShape(11, 17, 3), new GlimpseConfig(4, 3, 3, 2), RELU, new HiddenSizes(12, 7, 20, 15, 9), 0.2, 5);

    /** The paper's model of MNIST. */
    public static final RamConfig MNIST =
            new RamConfig(new ImageShape(28, 28, 1), new GlimpseConfig(6, 8, 1, 2), RELU, HiddenSizes.PAPER, 0.05, 10);

    /** Small enough to reckon with by hand. */
    public static final RamConfig TINY = new RamConfig(
            new ImageShape(6, 5, 1), new GlimpseConfig(3, 2, 1, 1), RELU, new HiddenSizes(4, 3, 5, 4, 3), 0.5, 3);

    private TestModels() {}

    /** The same model with another number of glimpses. */
    public static RamConfig withSteps(RamConfig config, int steps) {
        GlimpseConfig glimpse = config.glimpse();
        return new RamConfig(
                config.image(),
                new GlimpseConfig(steps, glimpse.patchSize(), glimpse.scales(), glimpse.scaleFactor()),
                config.core(),
                config.hidden(),
                config.std(),
                config.classes());
    }

    /** The same model with an LSTM for its core. */
    public static RamConfig withLstm(RamConfig config) {
        return new RamConfig(config.image(), config.glimpse(), LSTM, config.hidden(), config.std(), config.classes());
    }

    /** Weights of which none is zero, biases included. */
    public static Weights weights(RamConfig config, long seed) {
        Weights weights = Weights.initial(config, seed);
        SplittableRandom random = new SplittableRandom(seed);
        weights.arrays().forEach((name, array) -> {
            if (name.endsWith(".bias")) {
                fill(array, random, 0.3);
            }
        });
        return weights;
    }

    /** Weights as a stored graph gives them: by name, row-major. */
    public static Map<String, FloatBuffer> values(Weights weights) {
        Map<String, FloatBuffer> values = new HashMap<>();
        weights.arrays().forEach((name, array) -> values.put(name, Floats.read(array)));
        return values;
    }

    private static void fill(INDArray array, SplittableRandom random, double limit) {
        for (long i = 0; i < array.length(); i++) {
            array.putScalar(i, random.nextDouble(-limit, limit));
        }
    }

    public static RamSpec spec(RamConfig config) {
        return RamSpec.of(
                config,
                Normalisation.background(0.25, 0.5),
                StartLocation.fixed(new Location(0.1f, -0.3f)),
                IntStream.range(0, config.classes()).mapToObj(Integer::toString).toList());
    }

    public static byte[] pixels(RamConfig config, long seed) {
        byte[] pixels = new byte[config.image().size()];
        new SplittableRandom(seed).nextBytes(pixels);
        return pixels;
    }

    public static List<Float> floats(float[] values) {
        return IntStream.range(0, values.length).mapToObj(i -> values[i]).toList();
    }

    /** Models that differ in everything a configuration can say: what holds for them holds for any. */
    public static Stream<RamConfig> ofEveryKind() {
        return Stream.of(
                ODD,
                TINY,
                MNIST,
                withSteps(ODD, 1),
                withSteps(TINY, 2),
                withLstm(ODD),
                withLstm(MNIST),
                withSteps(withLstm(TINY), 1));
    }
}
