package io.github.ram.model.resnet.network;

import io.github.ram.model.Parameters;
import java.util.List;
import java.util.SplittableRandom;

/** The parameters that training starts from: kernels normal (Kaiming, fan out), the last layer uniform in ±1/√in. */
public final class FirstParameters {

    private FirstParameters() {}

    /** Returns the parameters of a network. Equal seeds give equal parameters on every machine. */
    public static Parameters of(ResNetConfig network, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Layout.Declared> declared = Layout.of(network).parameters();
        int[] next = {0};
        return Parameters.of(
                declared.stream().map(Layout.Declared::parameter).toList(),
                parameter -> values(declared.get(next[0]++), network, random));
    }

    private static float[] values(Layout.Declared parameter, ResNetConfig network, SplittableRandom random) {
        float[] values = new float[(int) parameter.count()];
        long[] shape = parameter.shape();
        Trunk trunk = network.trunk();
        double bound = 1 / Math.sqrt(trunk.channels(trunk.stages() - 1));
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (parameter.start()) {
                case KAIMING -> (float) (normal(random) * Math.sqrt(2.0 / (shape[0] * shape[2] * shape[3])));
                case UNIFORM -> (float) random.nextDouble(-bound, bound);
                case ZERO -> 0;
                case ONE -> 1;
            };
        }
        return values;
    }

    /** A standard normal number, by Box and Muller, the same on every machine. */
    private static double normal(SplittableRandom random) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }
}
