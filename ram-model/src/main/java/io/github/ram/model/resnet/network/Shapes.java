package io.github.ram.model.resnet.network;

/** The shapes that {@link Operations} turn shapes into, without the batch: [C, H, W] of feature maps, [C, N] of rows. */
public final class Shapes {

    private Shapes() {}

    /** [in, H, W] to [out, ⌈H/stride⌉, ⌈W/stride⌉]. */
    public static int[] convolved(int[] x, Convolution layer) {
        return new int[] {layer.out(), layer.positions(x[1]), layer.positions(x[2])};
    }

    /** [C, H, W] to [C, H', W'], H' = ⌊(H + 2·padding − size)/stride⌋ + 1. */
    public static int[] pooled(int[] x, int size, int stride, int padding) {
        return new int[] {x[0], (x[1] + 2 * padding - size) / stride + 1, (x[2] + 2 * padding - size) / stride + 1};
    }

    /** [C, H, W] to [C, H·W]. */
    public static int[] rows(int[] x) {
        return new int[] {x[0], x[1] * x[2]};
    }

    /** [C, N] to [C, H, W], with H and W of {@code like}. */
    public static int[] image(int[] rows, int[] like) {
        return new int[] {rows[0], like[1], like[2]};
    }

    /** [C, N] to [N, C]. */
    public static int[] transposed(int[] rows) {
        return new int[] {rows[1], rows[0]};
    }

    /** [I, K] and [K, J] to [I, J]. */
    public static int[] product(int[] x, int[] y) {
        return new int[] {x[0], y[1]};
    }

    /** [C, N] and [C, M] to [N, M]. */
    public static int[] pairs(int[] x, int[] y) {
        return new int[] {x[1], y[1]};
    }
}
