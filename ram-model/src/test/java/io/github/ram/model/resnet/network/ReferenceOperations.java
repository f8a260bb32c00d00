package io.github.ram.model.resnet.network;

import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** The operations in plain loops of double precision, with the statistics of the batch or with given ones. */
public final class ReferenceOperations implements Operations<ReferenceOperations.Maps> {

    /** Values [B, C, N] with N = H·W; of rows W is 1. */
    public record Maps(int batch, int channels, int height, int width, double[] values) {

        static Maps of(int batch, int channels, int height, int width) {
            return new Maps(batch, channels, height, width, new double[batch * channels * height * width]);
        }

        int positions() {
            return height * width;
        }

        int at(int b, int c, int i) {
            return (b * channels + c) * positions() + i;
        }

        double get(int b, int c, int i) {
            return values[at(b, c, i)];
        }

        Maps like() {
            return of(batch, channels, height, width);
        }

        Maps map(DoubleUnaryOperator function) {
            Maps y = like();
            Arrays.setAll(y.values, i -> function.applyAsDouble(values[i]));
            return y;
        }
    }

    private final Map<String, double[]> parameters;
    private final boolean training;

    public ReferenceOperations(Map<String, double[]> parameters, boolean training) {
        this.parameters = parameters;
        this.training = training;
    }

    @Override
    public Maps convolution(Maps x, Convolution layer) {
        double[] weight = parameters.get(layer.weight());
        double[] bias = layer.biased() ? parameters.get(layer.bias()) : new double[layer.out()];
        int k = layer.kernel();
        int rows = (x.height + 2 * ((k - 1) / 2) - k) / layer.stride() + 1;
        int columns = (x.width + 2 * ((k - 1) / 2) - k) / layer.stride() + 1;
        Maps y = Maps.of(x.batch, layer.out(), rows, columns);
        for (int b = 0; b < x.batch; b++) {
            for (int o = 0; o < layer.out(); o++) {
                for (int i = 0; i < rows * columns; i++) {
                    double sum = bias[o];
                    for (int c = 0; c < layer.in(); c++) {
                        for (int u = 0; u < k * k; u++) {
                            int row = i / columns * layer.stride() + u / k - (k - 1) / 2;
                            int column = i % columns * layer.stride() + u % k - (k - 1) / 2;
                            if (row >= 0 && row < x.height && column >= 0 && column < x.width) {
                                sum += weight[(o * layer.in() + c) * k * k + u] * x.get(b, c, row * x.width + column);
                            }
                        }
                    }
                    y.values[y.at(b, o, i)] = sum;
                }
            }
        }
        return y;
    }

    @Override
    public Maps normalise(Maps x, BatchNorm layer) {
        double[] gamma = parameters.get(layer.weight());
        double[] beta = parameters.get(layer.bias());
        boolean channels = layer.over() == BatchNorm.Over.CHANNELS;
        Maps y = x.like();
        for (int f = 0; f < layer.features(); f++) {
            int feature = f;
            int[] places = IntStream.range(0, x.values.length)
                    .filter(i -> (channels ? i / x.positions() % x.channels : i % x.positions()) == feature)
                    .toArray();
            double mean = training
                    ? IntStream.of(places)
                            .mapToDouble(i -> x.values[i])
                            .average()
                            .orElseThrow()
                    : parameters.get(layer.runningMean())[f];
            double variance = training
                    ? IntStream.of(places)
                            .mapToDouble(i -> (x.values[i] - mean) * (x.values[i] - mean))
                            .average()
                            .orElseThrow()
                    : parameters.get(layer.runningVariance())[f];
            for (int i : places) {
                y.values[i] = gamma[f] * (x.values[i] - mean) / Math.sqrt(variance + 1e-5) + beta[f];
            }
        }
        return y;
    }

    @Override
    public Maps normaliseAndRelu(Maps x, BatchNorm layer) {
        return normalise(x, layer).map(v -> Math.max(v, 0));
    }

    @Override
    public Maps attend(Maps x, BatchNorm layer) {
        double[] gamma = parameters.get(layer.weight());
        double sum = 0;
        for (double g : gamma) {
            sum += Math.abs(g);
        }
        Maps y = normalise(x, layer);
        for (int i = 0; i < y.values.length; i++) {
            boolean channels = layer.over() == BatchNorm.Over.CHANNELS;
            double weight = Math.abs(gamma[channels ? i / x.positions() % x.channels : i % x.positions()]) / sum;
            y.values[i] = x.values[i] / (1 + Math.exp(-weight * y.values[i]));
        }
        return y;
    }

    @Override
    public Maps sumAndRelu(Maps x, Maps y) {
        return sum(x, y).map(v -> Math.max(v, 0));
    }

    @Override
    public Maps sum(Maps x, Maps y) {
        Maps z = x.like();
        Arrays.setAll(z.values, i -> x.values[i] + y.values[i]);
        return z;
    }

    @Override
    public Maps maxPool(Maps x, int size, int stride, int padding) {
        int rows = (x.height + 2 * padding - size) / stride + 1;
        int columns = (x.width + 2 * padding - size) / stride + 1;
        Maps y = Maps.of(x.batch, x.channels, rows, columns);
        for (int m = 0; m < x.batch * x.channels; m++) {
            for (int i = 0; i < rows * columns; i++) {
                double largest = Double.NEGATIVE_INFINITY;
                for (int u = 0; u < size * size; u++) {
                    int row = i / columns * stride + u / size - padding;
                    int column = i % columns * stride + u % size - padding;
                    if (row >= 0 && row < x.height && column >= 0 && column < x.width) {
                        largest = Math.max(largest, x.values[m * x.positions() + row * x.width + column]);
                    }
                }
                y.values[m * rows * columns + i] = largest;
            }
        }
        return y;
    }

    @Override
    public Maps mean(Maps x) {
        Maps y = Maps.of(x.batch, x.channels, 1, 1);
        for (int m = 0; m < y.values.length; m++) {
            for (int i = 0; i < x.positions(); i++) {
                y.values[m] += x.values[m * x.positions() + i] / x.positions();
            }
        }
        return y;
    }

    @Override
    public Maps linear(Maps x, Linear layer) {
        Maps y = Maps.of(x.batch, layer.out(), 1, 1);
        for (int b = 0; b < x.batch; b++) {
            for (int o = 0; o < layer.out(); o++) {
                double sum = parameters.get(layer.bias())[o];
                for (int c = 0; c < layer.in(); c++) {
                    sum += parameters.get(layer.weight())[o * layer.in() + c] * x.get(b, c, 0);
                }
                y.values[y.at(b, o, 0)] = sum;
            }
        }
        return y;
    }

    @Override
    public Maps rows(Maps x) {
        return new Maps(x.batch, x.channels, x.positions(), 1, x.values);
    }

    @Override
    public Maps image(Maps rows, Maps like) {
        return new Maps(rows.batch, rows.channels, like.height, like.width, rows.values);
    }

    @Override
    public Maps transposed(Maps x) {
        Maps y = Maps.of(x.batch, x.positions(), x.channels, 1);
        for (int b = 0; b < x.batch; b++) {
            for (int c = 0; c < x.channels; c++) {
                for (int i = 0; i < x.positions(); i++) {
                    y.values[y.at(b, i, c)] = x.get(b, c, i);
                }
            }
        }
        return y;
    }

    @Override
    public Maps product(Maps x, Maps y) {
        Maps z = Maps.of(x.batch, x.channels, y.positions(), 1);
        for (int b = 0; b < x.batch; b++) {
            for (int i = 0; i < x.channels; i++) {
                for (int j = 0; j < y.positions(); j++) {
                    for (int k = 0; k < y.channels; k++) {
                        z.values[z.at(b, i, j)] += x.get(b, i, k) * y.get(b, k, j);
                    }
                }
            }
        }
        return z;
    }

    @Override
    public Maps scaled(Maps x, double c) {
        return x.map(v -> c * v);
    }

    @Override
    public Maps softmax(Maps x) {
        Maps y = x.map(Math::exp);
        for (int m = 0; m < x.batch * x.channels; m++) {
            int from = m * x.positions();
            double sum = IntStream.range(from, from + x.positions())
                    .mapToDouble(i -> y.values[i])
                    .sum();
            for (int i = from; i < from + x.positions(); i++) {
                y.values[i] /= sum;
            }
        }
        return y;
    }

    @Override
    public Maps pairs(Maps x, Maps y, String v) {
        double[] weight = parameters.get(v);
        Maps z = Maps.of(x.batch, x.positions(), y.positions(), 1);
        for (int b = 0; b < x.batch; b++) {
            for (int i = 0; i < x.positions(); i++) {
                for (int j = 0; j < y.positions(); j++) {
                    double sum = 0;
                    for (int c = 0; c < x.channels; c++) {
                        sum += weight[c] * x.get(b, c, i) + weight[x.channels + c] * y.get(b, c, j);
                    }
                    z.values[z.at(b, i, j)] = Math.max(sum, 0);
                }
            }
        }
        return z;
    }

    @Override
    public void attention(String layer, Maps affinities, Maps keys) {
        // The reference makes no maps.
    }

    @Override
    public int[] shape(Maps x) {
        return x.width == 1 && x.height > 1
                ? new int[] {x.channels, x.height, 1}
                : new int[] {x.channels, x.height, x.width};
    }
}
