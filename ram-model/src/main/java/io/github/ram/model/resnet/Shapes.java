package io.github.ram.model.resnet;

/** The shapes that {@link Operations} turn shapes into, without the batch: [C, H, W] of feature maps, [C, N] of rows. */
final class Shapes {

    private Shapes() {}

    static int[] convolved(int[] x, Convolution layer) {
        return new int[] {layer.out(), layer.positions(x[1]), layer.positions(x[2])};
    }

    static int[] pooled(int[] x, int size, int stride, int padding) {
        return new int[] {x[0], (x[1] + 2 * padding - size) / stride + 1, (x[2] + 2 * padding - size) / stride + 1};
    }

    static int[] rows(int[] x) {
        return new int[] {x[0], x[1] * x[2]};
    }

    static int[] image(int[] rows, int[] like) {
        return new int[] {rows[0], like[1], like[2]};
    }

    static int[] transposed(int[] rows) {
        return new int[] {rows[1], rows[0]};
    }

    static int[] product(int[] x, int[] y) {
        return new int[] {x[0], y[1]};
    }

    static int[] pairs(int[] x, int[] y) {
        return new int[] {x[1], y[1]};
    }
}
