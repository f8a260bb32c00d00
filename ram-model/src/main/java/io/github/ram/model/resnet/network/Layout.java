package io.github.ram.model.resnet.network;

import io.github.ram.model.Parameter;
import java.util.ArrayList;
import java.util.List;

/** Lists the parameters and the layers of a network, and counts its arithmetic; a value is its shape. */
public final class Layout implements Operations<int[]> {

    private final List<Declared> parameters = new ArrayList<>();
    private final List<AttentionLayer> nonLocals = new ArrayList<>();
    private AttentionLayer lastGate;
    private long multiplyAdds;

    /** How a parameter begins. */
    enum Start {
        /** Normal, deviation √(2/(out·kernel²)): Kaiming, fan out. */
        KAIMING,
        /** Uniform in ±1/√in. */
        UNIFORM,
        ZERO,
        ONE
    }

    /** A parameter or a statistic, and how it begins. */
    public record Declared(Parameter parameter, Start start) {

        String name() {
            return parameter.name();
        }

        long[] shape() {
            return parameter.dimensions();
        }

        boolean trainable() {
            return parameter.trainable();
        }

        long count() {
            return parameter.size();
        }
    }

    /**
     * An attention map: its layer, and its rows and columns.
     *
     * @param channels the attention of the same block that weighs channels, or null
     */
    public record AttentionLayer(String name, int height, int width, BatchNorm channels) {

        /**
         * Returns the name of the map [B, height, width] in every graph.
         *
         * <p>Of a non-local block the map is, for each position j, the mean of |f(x_i, x_j)| over all positions i: since
         * the answer is a mean over the positions, that is how much it looks at j. Of the last residual block's attention
         * it is the mean over the channels of what multiplies x.
         */
        public String map() {
            return name + ".map";
        }
    }

    /** Lists the parameters and layers of a network. */
    public static Layout of(ResNetConfig spec) {
        Layout layout = new Layout();
        new ResNet(spec).logits(layout, new int[] {
            spec.image().channels(), spec.image().height(), spec.image().width()
        });
        return layout;
    }

    /** Parameters and statistics, in the order of the network. */
    public List<Declared> parameters() {
        return parameters;
    }

    /** The attention maps: of each non-local block over positions, and of the last attention of a residual block. */
    public List<AttentionLayer> attention() {
        List<AttentionLayer> all = new ArrayList<>(nonLocals);
        if (lastGate != null) {
            all.add(lastGate);
        }
        return all;
    }

    /** Multiplications, each with its addition, that the convolutions and products take for one image. */
    public long multiplyAdds() {
        return multiplyAdds;
    }

    /** Returns the number of values that are trained, or the number of those that are not. */
    public long count(boolean trainable) {
        return parameters.stream()
                .filter(parameter -> parameter.trainable() == trainable)
                .mapToLong(Declared::count)
                .sum();
    }

    private void declare(String name, boolean trainable, Start start, Integer... shape) {
        parameters.add(new Declared(new Parameter(name, List.of(shape), trainable), start));
    }

    @Override
    public int[] convolution(int[] x, Convolution layer) {
        declare(layer.weight(), true, Start.KAIMING, layer.out(), layer.in(), layer.kernel(), layer.kernel());
        if (layer.biased()) {
            declare(layer.bias(), true, Start.ZERO, layer.out());
        }
        int[] y = Shapes.convolved(x, layer);
        multiplyAdds += (long) y[0] * y[1] * y[2] * layer.in() * layer.kernel() * layer.kernel();
        return y;
    }

    @Override
    public int[] normalise(int[] x, BatchNorm layer) {
        boolean startsAtZero = layer.name().endsWith(".nonlocal.bn");
        declare(layer.weight(), true, startsAtZero ? Start.ZERO : Start.ONE, layer.features());
        declare(layer.bias(), true, Start.ZERO, layer.features());
        declare(layer.runningMean(), false, Start.ZERO, layer.features());
        declare(layer.runningVariance(), false, Start.ONE, layer.features());
        return x;
    }

    @Override
    public int[] normaliseAndRelu(int[] x, BatchNorm layer) {
        return normalise(x, layer);
    }

    @Override
    public int[] attend(int[] x, BatchNorm layer) {
        boolean isOfChannels = layer.over() == BatchNorm.Over.CHANNELS;
        BatchNorm before = lastGate == null ? null : lastGate.channels(); // where both kinds are used, of this block
        lastGate = new AttentionLayer(layer.name(), x[1], x[2], isOfChannels ? layer : before);
        return normalise(x, layer);
    }

    @Override
    public int[] sumAndRelu(int[] x, int[] y) {
        return x;
    }

    @Override
    public int[] sum(int[] x, int[] y) {
        return x;
    }

    @Override
    public int[] maxPool(int[] x, int size, int stride, int padding) {
        return Shapes.pooled(x, size, stride, padding);
    }

    @Override
    public int[] mean(int[] x) {
        return new int[] {x[0]};
    }

    @Override
    public int[] linear(int[] x, Linear layer) {
        declare(layer.weight(), true, Start.UNIFORM, layer.out(), layer.in());
        declare(layer.bias(), true, Start.UNIFORM, layer.out());
        multiplyAdds += (long) layer.in() * layer.out();
        return new int[] {layer.out()};
    }

    @Override
    public int[] rows(int[] x) {
        return Shapes.rows(x);
    }

    @Override
    public int[] image(int[] rows, int[] like) {
        return Shapes.image(rows, like);
    }

    @Override
    public int[] transposed(int[] rows) {
        return Shapes.transposed(rows);
    }

    @Override
    public int[] product(int[] x, int[] y) {
        multiplyAdds += (long) x[0] * x[1] * y[1];
        return Shapes.product(x, y);
    }

    @Override
    public int[] scaled(int[] x, double c) {
        return x;
    }

    @Override
    public int[] softmax(int[] x) {
        return x;
    }

    @Override
    public int[] pairs(int[] x, int[] y, String v) {
        declare(v, true, Start.KAIMING, 1, 2 * x[0], 1, 1);
        multiplyAdds += (long) x[0] * (x[1] + y[1]);
        return Shapes.pairs(x, y);
    }

    @Override
    public void attention(String layer, int[] affinities, int[] keys) {
        nonLocals.add(new AttentionLayer(layer, keys[1], keys[2], null));
    }

    @Override
    public int[] shape(int[] x) {
        return x;
    }
}
