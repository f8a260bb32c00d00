package io.github.ram.model.resnet.network;

/**
 * A convolution: y[b, o, i, j] = Σ W[o, c, u, v] · x[b, c, s·i + u − p, s·j + v − p] + b[o], with zeros outside x.
 *
 * <p>Its parameters are {@code NAME.weight} [out, in, kernel, kernel] and, if it has a bias, {@code NAME.bias} [out].
 *
 * @param name such as {@code layer1.0.conv1}
 * @param in channels of x
 * @param out channels of y
 * @param kernel rows and columns of W
 * @param stride s; the padding p is (kernel − 1) / 2, so y has ⌈H/s⌉ × ⌈W/s⌉ positions
 * @param biased whether b is there
 */
public record Convolution(String name, int in, int out, int kernel, int stride, boolean biased) {

    static Convolution of(String name, int in, int out, int kernel, int stride) {
        return new Convolution(name, in, out, kernel, stride, false);
    }

    /** A 1×1 convolution with a bias. */
    static Convolution projection(String name, int in, int out) {
        return new Convolution(name, in, out, 1, 1, true);
    }

    /** Name of W [out, in, kernel, kernel]. */
    public String weight() {
        return name + ".weight";
    }

    /** Name of b [out], which a layer without a bias does not have. */
    public String bias() {
        return name + ".bias";
    }

    /** Rows and columns of zeros on each side of x: (kernel − 1) / 2. */
    public int padding() {
        return (kernel - 1) / 2;
    }

    /** Rows or columns of y where x has the given number. */
    int positions(int size) {
        return (size + stride - 1) / stride;
    }
}
