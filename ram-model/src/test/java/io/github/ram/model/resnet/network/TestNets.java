package io.github.ram.model.resnet.network;

import io.github.ram.model.ImageShape;
import io.github.ram.model.resnet.network.NonLocal.Affinity;
import io.github.ram.model.resnet.network.NonLocal.Width;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Small networks for tests, and their parameters. */
public final class TestNets {

    private TestNets() {}

    public static ResNetConfig spec(int depth, Stem stem, int width, Attention attention, Addition addition) {
        return new ResNetConfig(
                new ImageShape(9, 7, 3), new Trunk(depth, stem, width), attention, Optional.ofNullable(addition), 5);
    }

    /** One network for each building block and each of its options. */
    static Stream<ResNetConfig> ofEveryKind() {
        Stream<ResNetConfig> trunks = Stream.of(
                spec(20, Stem.SMALL, 3, Attention.NONE, null),
                spec(20, Stem.LARGE, 2, Attention.NAM, null),
                spec(20, Stem.SMALL, 2, Attention.NAM_PIXEL, null),
                spec(18, Stem.SMALL, 2, Attention.NAM_BOTH, Addition.control(3)),
                spec(50, Stem.SMALL, 1, Attention.NAM, null));
        Stream<ResNetConfig> blocks =
                nonLocals().map(block -> spec(20, Stem.SMALL, 2, Attention.NONE, Addition.of(2, block)));
        return Stream.concat(trunks, blocks);
    }

    /** Non-local blocks of every kind and with every option. */
    public static Stream<NonLocal> nonLocals() {
        NonLocal.Kind gaussian = NonLocal.Kind.EMBEDDED_GAUSSIAN;
        return Stream.concat(
                Stream.of(NonLocal.Kind.values()).map(NonLocal::of),
                Stream.of(
                        new NonLocal(gaussian, Affinity.POSITIONS, Width.FULL, true, true),
                        new NonLocal(NonLocal.Kind.CONCATENATION, Affinity.POSITIONS, Width.HALF, true, false),
                        new NonLocal(gaussian, Affinity.CHANNELS, Width.HALF, false, true),
                        new NonLocal(NonLocal.Kind.GAUSSIAN, Affinity.CHANNELS, Width.HALF, false, false),
                        new NonLocal(NonLocal.Kind.DOT_PRODUCT, Affinity.CHANNELS, Width.FULL, false, false)));
    }

    /** Random values: kernels of the usual size, scales around 1, everything else around 0. */
    public static Map<String, double[]> values(ResNetConfig spec, long seed) {
        return values(Layout.of(spec).parameters(), seed);
    }

    static Map<String, double[]> values(List<Layout.Declared> parameters, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, double[]> values = new LinkedHashMap<>();
        for (Layout.Declared parameter : parameters) {
            double centre = parameter.start() == Layout.Start.ONE ? 1 : 0;
            long inputs = parameter.count() / parameter.shape()[0];
            double size = parameter.shape().length > 1 ? Math.sqrt(3.0 / inputs) : 0.5;
            // What is stored as a float is the same number in the reference.
            values.put(
                    parameter.name(),
                    DoubleStream.generate(() -> (float) (centre + random.nextDouble(-size, size)))
                            .limit(parameter.count())
                            .toArray());
        }
        return values;
    }

    public static Map<String, INDArray> arrays(ResNetConfig spec, Map<String, double[]> values) {
        return arrays(Layout.of(spec).parameters(), values);
    }

    static Map<String, INDArray> arrays(List<Layout.Declared> parameters, Map<String, double[]> values) {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        for (Layout.Declared parameter : parameters) {
            INDArray array = Nd4j.create(DataType.FLOAT, parameter.shape());
            array.assign(Nd4j.createFromArray(values.get(parameter.name())).reshape(parameter.shape()));
            arrays.put(parameter.name(), array);
        }
        return arrays;
    }

    /** A sine a parameter, by its name: scales and variances around 1, kernels of the usual size. */
    public static Map<String, INDArray> sines(ResNetConfig spec) {
        Map<String, INDArray> parameters = new LinkedHashMap<>();
        for (Layout.Declared parameter : Layout.of(spec).parameters()) {
            String name = parameter.name();
            int phase = IntStream.range(0, name.length())
                            .map(i -> name.charAt(i) * (i + 1))
                            .sum()
                    % 1000;
            int count = (int) parameter.count();
            boolean kernel = parameter.shape().length > 1;
            double size = kernel ? Math.sqrt(3.0 * parameter.shape()[0] / count) : 0.5;
            double centre = parameter.start() == Layout.Start.ONE || name.endsWith("nonlocal.bn.weight") ? 1 : 0;
            float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = (float) (centre + size * Math.sin(0.7 * i + phase));
            }
            INDArray array = Nd4j.create(DataType.FLOAT, parameter.shape());
            array.assign(Nd4j.createFromArray(values).reshape(parameter.shape()));
            parameters.put(name, array);
        }
        return parameters;
    }

    /** Images [B, H, W, C] of values from [-1, 1). */
    public static INDArray images(ResNetConfig spec, int batch, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        INDArray images = Nd4j.create(
                DataType.FLOAT,
                batch,
                spec.image().height(),
                spec.image().width(),
                spec.image().channels());
        for (long i = 0; i < images.length(); i++) {
            images.putScalar(i, random.nextDouble(-1, 1));
        }
        return images;
    }

    /** The same images for the reference, [B, C, H, W]. */
    public static ReferenceOperations.Maps maps(INDArray images) {
        INDArray planes = images.permute(0, 3, 1, 2).dup('c');
        return new ReferenceOperations.Maps(
                (int) planes.size(0),
                (int) planes.size(1),
                (int) planes.size(2),
                (int) planes.size(3),
                planes.castTo(DataType.DOUBLE).reshape(-1).toDoubleVector());
    }

    public static double[] doubles(INDArray array) {
        return array.castTo(DataType.DOUBLE).dup('c').reshape(-1).toDoubleVector();
    }
}
