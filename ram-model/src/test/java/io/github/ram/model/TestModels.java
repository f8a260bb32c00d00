package io.github.ram.model;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Models and images for tests. */
public final class TestModels {

    /** Not square, three channels, odd patches, three scales: whatever holds here holds for MNIST. */
    public static final RamConfig ODD = new RamConfig(
            new ImageShape(11, 17, 3), new GlimpseConfig(4, 3, 3, 2), new HiddenSizes(12, 7, 20, 15, 9), 0.2, 5);

    private TestModels() {}

    public static ModelSpec spec(RamConfig config) {
        return new ModelSpec(
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
}
